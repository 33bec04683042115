import { z } from "zod";
import { localizedSchema } from "./localized.ts";
import { pathQuestionSchema } from "./path.ts";

/**
 * A scene that a lab prepares for whoever projects it: what is seen, and what it is about. Names are those of the picture, as in
 * a guide's figures: of machines, gateways, subnets, VPCs, or `Internet`.
 */
export const labSceneSchema = z.strictObject({
  title: localizedSchema,
  show: z.array(z.string()).default([]).meta({ description: "What fills the screen, by name; nothing named is everything" }),
  spotlight: z.string().optional().meta({ description: "What alone stays bright, by name" }),
  hide_addresses: z.boolean().default(false).meta({ description: "Covers addresses, for the room to find out" }),
  path: pathQuestionSchema.optional().meta({ description: "Packet that the path explorer shows" }),
});
export type LabScene = z.infer<typeof labSceneSchema>;

/** Names that a scene wants to find in the picture. */
export function namesOfScene(scene: LabScene): readonly string[] {
  return [...scene.show, ...(scene.spotlight === undefined ? [] : [scene.spotlight]), ...(scene.path === undefined ? [] : [scene.path.from])];
}
