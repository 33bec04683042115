import { expect, test } from "vitest";
import { faultText } from "../model/faultTexts.ts";
import { labSceneSchema } from "../model/labScene.ts";
import { sceneFaults } from "./sceneFaults.ts";

const names = new Set(["Internet", "laptop", "foo-igw", "web"]);

test("a scene may name what the picture has, and is at fault with each name that it has not", () => {
  const scene = labSceneSchema.parse({ title: { fr: "Porte", en: "Door" }, show: ["laptop", "foo-igv"], spotlight: "wbe", path: { from: "nobody-here", to: "web", port: 80 } });
  const faults = sceneFaults([labSceneSchema.parse({ title: { fr: "Tout", en: "All" } }), scene], names);
  expect(faults.map(({ code, path, values }) => [code, path, values?.["name"], values?.["nearest"]])).toEqual([
    ["lab.scene-unknown-name", "scenes[1]", "foo-igv", "foo-igw"],
    ["lab.scene-unknown-name", "scenes[1]", "wbe", "web"],
    ["lab.scene-unknown-name", "scenes[1]", "nobody-here", undefined],
  ]);
  expect(faultText(faults[0] ?? { code: "" }, "fr").message).toContain("« foo-igv »");
});
