import { expect, test } from "vitest";
import { attributeText } from "./attributeText.ts";

test.each([
  ["ingress", "tcp 22 from 0.0.0.0/0", "tcp 22 depuis 0.0.0.0/0"],
  ["egress", "100 allow all to 10.0.0.0/16", "100 allow all vers 10.0.0.0/16"],
  ["default_action", "forward to blue (9), green (1)", "transmettre à blue (9), green (1)"],
  ["action", "redirect 301 to https://a.example:443/", "rediriger 301 vers https://a.example:443/"],
  ["action", "fixed response 404 text/plain 9 B, 1a2b3c4d", "réponse fixe 404 text/plain 9 B, 1a2b3c4d"],
  ["conditions", "host_header a.example or b.example", "host_header a.example ou b.example"],
  ["description", "from me to you", "from me to you"],
])("%s: %s", (path, english, french) => {
  expect([attributeText(path, english, "en"), attributeText(path, english, "fr")]).toEqual([english, french]);
});
