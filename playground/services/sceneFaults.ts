import type { Fault } from "../model/errors.ts";
import { faultText } from "../model/faultTexts.ts";
import { namesOfScene, type LabScene } from "../model/labScene.ts";
import { nearestName } from "../model/nearest.ts";

/** Names in a lab's scenes that no network of the lab has; `names` are those of its picture. */
export function sceneFaults(scenes: readonly LabScene[], names: ReadonlySet<string>): Fault[] {
  return scenes.flatMap((scene, index) =>
    namesOfScene(scene)
      .filter((name) => !names.has(name))
      .map((name): Fault => {
        const nearest = nearestName(name, [...names]);
        const values = { name, available: [...names].join(", "), ...(nearest === undefined ? {} : { nearest }) };
        const { message, hint } = faultText({ code: "lab.scene-unknown-name", values }, "en");
        return { code: "lab.scene-unknown-name", file: "lab.yml", path: `scenes[${index}]`, message, values, ...(hint === undefined ? {} : { hint }) };
      }),
  );
}
