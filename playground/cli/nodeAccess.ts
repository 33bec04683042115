import { connectEngine } from "../engine/connectEngine.ts";
import type { ContainerEngine, ExecOptions, ExecStream, ExecTerminal, TerminalSize } from "../engine/containerEngine.ts";
import { labLabels, labelKeys } from "../engine/labels.ts";
import { RempartError } from "../model/errors.ts";

/** Streams into the machines of labs that run, found by their labels. */
export interface NodeAccess {
  exec(lab: string, node: string, command: readonly string[], options: ExecOptions): Promise<ExecStream>;
  terminal(lab: string, node: string, command: readonly string[], options: ExecOptions & TerminalSize): Promise<ExecTerminal>;
}

/** What the lab says about its nodes: refuses where the student gets no terminal. */
export type TerminalPolicy = (lab: string, node: string) => Promise<void>;

/**
 * Reaches nodes without a host, so that a proxy command of ssh starts fast. Both methods throw `lab.not-running`,
 * `input.unknown-node`, `lab.node-not-running`, what `policy` throws, and what the engine throws.
 */
export function createNodeAccess(scope: string, policy: TerminalPolicy, connect: () => Promise<ContainerEngine> = () => connectEngine()): NodeAccess {
  const find = async (lab: string, node: string): Promise<{ engine: ContainerEngine; id: string }> => {
    await policy(lab, node);
    const engine = await connect();
    const containers = await engine.listContainers(labLabels(scope, lab));
    if (containers.length === 0) {
      throw new RempartError("lab.not-running", `The lab ${lab} does not run.`, { kind: "input", next: `Start it with \`rempart up ${lab}\`.` });
    }
    const nodes = containers.filter((container) => container.labels[labelKeys.part] === "node");
    const found = nodes.find((container) => container.labels[labelKeys.node] === node);
    if (!found) {
      const names = nodes.map((container) => container.labels[labelKeys.node]).sort();
      throw new RempartError("input.unknown-node", `The lab ${lab} has no machine ${node}.`, { kind: "input", next: `There is: ${names.join(", ")}.` });
    }
    if (found.state !== "running") throw new RempartError("lab.node-not-running", `${node} does not run.`, { kind: "input", next: `\`rempart up ${lab}\` starts what is missing.` });
    return { engine, id: found.id };
  };
  return {
    async exec(lab, node, command, options) {
      const { engine, id } = await find(lab, node);
      return engine.execStream(id, command, options);
    },
    async terminal(lab, node, command, options) {
      const { engine, id } = await find(lab, node);
      return engine.execTerminal(id, command, options);
    },
  };
}
