import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClassRow } from "../contract/classTable.ts";
import { type ReadReport, seedOf } from "../grading/readReport.ts";
import type { GradedLab } from "../grading/classRow.ts";
import { createHost } from "../host.ts";
import { connectInProcess } from "../hostServer.ts";
import { ownLabsFolder } from "../services/ownLabs.ts";
import type { RempartPaths } from "../services/paths.ts";
import { rerunChecks } from "../services/rerunChecks.ts";
import type { Console } from "./console.ts";
import { interruptible } from "./interrupts.ts";
import { reportProgress } from "./progressReporter.ts";

/** Made by Rempart, or of no use in another machine: never taken from a report. */
const ownFiles = /^(network\.yml|progress\.json|ssh_config|kubeconfig|attempt\.jsonl)$/;

/**
 * Brings a report's lab up on this machine, in a folder and under a scope of its own, with the student's network and files, and runs all
 * checks. What it made is removed in any case, and no lab of this machine's user is touched. Throws what starting a lab throws.
 */
export async function rerunReport(parts: { readonly console: Console; readonly paths: RempartPaths }, { report, events }: ReadReport, row: ClassRow, graded: GradedLab): Promise<ClassRow> {
  const { console } = parts;
  const place = await mkdtemp(join(tmpdir(), "rempart-rerun-"));
  const paths = { ...parts.paths, labs: join(place, "labs"), scope: randomBytes(3).toString("hex") };
  const { id } = graded.lab;
  const host = await createHost({ paths, live: false });
  const client = connectInProcess(host);
  try {
    const own = join(ownLabsFolder(parts.paths.labs), id);
    if (!(await host.registry.list()).some(({ lab }) => lab.id === id)) await host.registry.add(own);
    await writeStudentFiles(join(paths.labs, id), report, events);
    const stop = reportProgress(console, client, (task) => task === "setup" || task === `up:${id}`);
    const cancel = (): Promise<unknown> => client.call("system.cancel", { task: `up:${id}` });
    const run = async (): Promise<ClassRow> => {
      await client.call("labs.up", { lab: id });
      stop();
      return rerunChecks(await host.labs.lab(id), row, graded.lab);
    };
    return await interruptible(run(), cancel, () => console.note(console.text({ fr: "\nInterrompu : ce qui fut démarré pour l’essai est enlevé.", en: "\nInterrupted: what was started for the run is removed." }))).finally(stop);
  } finally {
    await client.call("labs.down", { lab: id, forget: true }).catch(() => undefined);
    client.close();
    await host.dispose();
    await rm(place, { recursive: true, force: true });
  }
}

/** The network that was in force last, the seed, and the student's files: none whose name could lead anywhere else. */
async function writeStudentFiles(folder: string, report: ReadReport["report"], events: ReadReport["events"]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const network = events.findLast((event) => event.type === "network.applied")?.network ?? report.network;
  const seed = seedOf({ events });
  for (const [name, text] of Object.entries(report.files)) if (/^[A-Za-z0-9][\w.-]{0,99}$/.test(name) && !ownFiles.test(name)) await writeFile(join(folder, name), text, { mode: 0o600 });
  await writeFile(join(folder, "network.yml"), network);
  if (seed !== null) await writeFile(join(folder, ".variant.json"), JSON.stringify({ seed }));
}
