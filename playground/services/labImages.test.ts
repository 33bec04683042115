import { join } from "node:path";
import { expect, test } from "vitest";
import { assetsFolder } from "../images/assetsFolder.ts";
import { imageNames } from "../images/catalogue.ts";
import { labsByImage } from "./labImages.ts";
import { LabRegistry } from "./labRegistry.ts";

test("the catalogue says which labs need an image", async () => {
  const labs = await new LabRegistry(join(assetsFolder(), "labs"), imageNames).list();
  const needed = labsByImage(labs, imageNames);
  expect(needed.get("desktop")).toEqual(["10-rdp-private"]);
  expect(needed.get("access")).toContain("13-zero-trust-proxy");
  expect(needed.get("instance")?.length).toBeGreaterThan(15);
  for (const images of labs.filter(({ startNetwork }) => startNetwork.includes("\nclusters:"))) expect(needed.get("kubernetes-node"), images.lab.id).toContain(images.lab.id);
  expect(labsByImage([{ ...(labs[0] ?? expect.fail("no labs")), startNetwork: "vpcs: [" }], imageNames).size).toBe(0);
});
