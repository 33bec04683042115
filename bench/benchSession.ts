import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../playground/contract/client.ts";
import type { RempartClient } from "../playground/contract/contract.ts";
import { createMemoryTransportPair } from "../playground/contract/memoryTransport.ts";
import type { ContainerEngine } from "../playground/engine/containerEngine.ts";
import { scopeLabels } from "../playground/engine/labels.ts";
import { createHost, type Host } from "../playground/host.ts";
import { forEachInParallel } from "../playground/services/parallel.ts";
import { resolvePaths } from "../playground/services/paths.ts";
import type { BenchLab } from "./benchLab.ts";

/**
 * A whole Rempart in this process, as a window has it, with labs and state in a folder of its own: another scope, so that
 * nothing of the user's is touched and nothing of ours stays.
 */
export class BenchSession {
  readonly home: string;
  readonly host: Host;
  readonly client: RempartClient;
  readonly engine: ContainerEngine;

  private constructor(home: string, host: Host, client: RempartClient, engine: ContainerEngine) {
    this.home = home;
    this.host = host;
    this.client = client;
    this.engine = engine;
  }

  static async open(): Promise<BenchSession> {
    const home = await mkdtemp(join(tmpdir(), "rempart-bench-"));
    const host = await createHost({ paths: resolvePaths({ ...process.env, REMPART_HOME: home }), live: true });
    const engine = await host.engine();
    const [window, end] = createMemoryTransportPair();
    host.serve(end);
    return new BenchSession(home, host, createClient(window), engine);
  }

  /** Writes the lab's folder and makes it known. */
  async addLab(lab: BenchLab): Promise<void> {
    const folder = join(this.home, "sources", lab.id);
    await mkdir(folder, { recursive: true });
    const files = { "lab.yml": lab.labText, "network.yml": lab.networkText, "guide.fr.md": "# Mesure\n", "guide.en.md": "# Benchmark\n" };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await this.client.call("labs.add", { folder });
  }

  /** Writes the student's network.yml. */
  async writeNetwork(lab: string, text: string): Promise<void> {
    const { revision } = await this.client.call("network.read", { lab });
    await this.client.call("network.write", { lab, text, revision });
  }

  /** Removes every container of this session and its folder. */
  async close(): Promise<void> {
    await this.host.dispose();
    this.client.close();
    const left = await this.engine.listContainers(scopeLabels(this.host.paths.scope));
    await forEachInParallel(left, 8, (container) => this.engine.removeContainer(container.id));
    await rm(this.home, { recursive: true, force: true });
  }
}

/** Runs the work in a session of its own and takes everything away afterwards, also when the work fails. */
export async function withSession<Value>(work: (session: BenchSession) => Promise<Value>): Promise<Value> {
  const session = await BenchSession.open();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
