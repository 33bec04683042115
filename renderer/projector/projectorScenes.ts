import { internetFigureName } from "../../playground/model/figure.ts";
import type { LabScene } from "../../playground/model/labScene.ts";
import { pathQuestionSchema, type PathQuestion } from "../../playground/model/path.ts";
import type { Topology, TopologyBox, TopologyNode } from "../../playground/model/topology.ts";
import { z } from "zod";

/** A prepared scene: what fills the screen, and what it is about. Elements by their ids. */
export interface ProjectorScene {
  readonly id: string;
  readonly name: string;
  /** Nothing: everything. */
  readonly show: readonly string[];
  readonly spotlight?: string | undefined;
  readonly hidesAddresses: boolean;
  readonly path?: PathQuestion | undefined;
  /** Only what the instructor prepared can be renamed and removed. */
  readonly isOwn: boolean;
}

/** Words that scenes are called by when nobody named them. */
export interface SceneNames {
  readonly whole: string;
  readonly internet: string;
  readonly vpc: (name: string) => string;
  readonly cluster: (name: string) => string;
}

const plain = { hidesAddresses: false, isOwn: false } as const;

/** The VPCs of a picture in the order of the lab: what the zoom key goes through. */
export const vpcsOf = (topology: Topology): readonly TopologyBox[] => topology.boxes.filter((box) => box.kind === "vpc");

/**
 * Scenes that a picture suggests by itself: everything, the Internet with the gateways that lead to it, each VPC, each cluster.
 * A VPC alone in its lab is as good as everything, and is left out unless something stands beside it.
 */
export function defaultScenes(topology: Topology, names: SceneNames): ProjectorScene[] {
  const internet = topology.boxes.find((box) => box.kind === "internet");
  const gateways = topology.nodes.filter((node) => node.kind === "internet-gateway");
  return [
    { id: "whole", name: names.whole, show: [], ...plain },
    ...(internet === undefined || gateways.length === 0 ? [] : [{ id: "internet", name: names.internet, show: [internet.id, ...gateways.map((gateway) => gateway.id)], ...plain }]),
    ...vpcsOf(topology).map((vpc): ProjectorScene => ({ id: `vpc ${vpc.id}`, name: names.vpc(vpc.name), show: [vpc.id], ...plain })),
    ...topology.boxes.filter((box) => box.kind === "cluster").map((box): ProjectorScene => ({ id: `cluster ${box.id}`, name: names.cluster(box.name), show: [box.id], ...plain })),
  ];
}

/** The scenes that a lab brings along; what its picture has not (yet) is left out of them. */
export function scenesOfLab(scenes: readonly LabScene[], topology: Topology, nameOf: (title: LabScene["title"]) => string): ProjectorScene[] {
  const idOf = (name: string): string | undefined => elementCalled(topology, name)?.id;
  return scenes.map((scene, index) => ({
    id: `lab ${index}`, name: nameOf(scene.title), show: scene.show.flatMap((name) => idOf(name) ?? []), hidesAddresses: scene.hide_addresses, isOwn: false,
    ...(scene.spotlight === undefined ? {} : { spotlight: idOf(scene.spotlight) }), ...(scene.path === undefined ? {} : { path: scene.path }),
  }));
}

/** The element of a picture that has this name, as figures name them. */
function elementCalled(topology: Topology, name: string): TopologyNode | TopologyBox | undefined {
  const boxes = topology.boxes.filter((box) => box.kind !== "zone");
  if (name === internetFigureName) return boxes.find((box) => box.kind === "internet");
  return topology.nodes.find((node) => node.name === name) ?? boxes.find((box) => box.name === name);
}

const savedSchema = z.object({ id: z.string(), name: z.string().max(80), show: z.array(z.string()), spotlight: z.string().optional(), hidesAddresses: z.boolean(), path: pathQuestionSchema.optional() });

/** Reads what an instructor saved; anything that is no scene is ignored, because the file may be older or edited. */
export function readScenes(value: unknown): ProjectorScene[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const { success, data } = savedSchema.safeParse(entry);
    return success ? [{ ...data, isOwn: true }] : [];
  });
}

/** The scene `step` further, round at both ends. */
export function stepScene(scenes: readonly ProjectorScene[], current: string | undefined, step: 1 | -1): ProjectorScene | undefined {
  const at = scenes.findIndex((scene) => scene.id === current);
  if (at < 0) return step > 0 ? scenes[0] : scenes.at(-1);
  return scenes[(at + step + scenes.length) % scenes.length];
}
