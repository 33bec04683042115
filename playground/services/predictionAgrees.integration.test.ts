import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isEmpty, type FabricChange } from "../fabric/diff.ts";
import { labCloud } from "../fabric/testPrograms.ts";
import type { Cloud } from "../model/cloud.ts";
import { type Lab, networksNamedBy } from "../model/lab.ts";
import { predictPath } from "../model/packetPath.ts";
import { randomNetwork } from "../model/randomNetwork.ts";
import { stringify } from "yaml";
import { allQuestions, observeAll, questionKey } from "../testing/allPairs.ts";
import { Outcomes } from "../testing/outcomes.ts";
import { chosenLabs, leavesNothingOut } from "../testing/chosenLabs.ts";
import { distinctForPackets } from "../testing/distinctNetworks.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { LabRegistry } from "./labRegistry.ts";
import { readLabText } from "./labTexts.ts";
import { forEachInParallel } from "./parallel.ts";
import type { RunningLab } from "./runningLab.ts";
import { resolvePaths } from "./paths.ts";
import { withSamples } from "../model/placeholders.ts";

const ports = [22, 53, 80, 3128, 5432, 8080];
// A quick run goes through some of them.
const randomSeeds = Array.from({ length: leavesNothingOut() ? 32 : 8 }, (_, index) => index + 1);

/** A lab's network files: the start, the solution of each step and each broken variant; in a quick run the last solution, from which all others are one step away. */
function filesOf({ lab }: LoadedLab): string[] {
  if (leavesNothingOut()) return ["network.yml", ...networksNamedBy(lab)];
  return [lab.steps.flatMap((step) => step.solve?.network ?? []).at(-1) ?? "network.yml"];
}

/** A lab that is brought up once, and the networks that it is given one after the other, each by its name. */
interface Job {
  readonly loaded: LoadedLab;
  readonly networks: readonly { readonly name: string; readonly text: string }[];
}

const generated: Job[] = randomSeeds.map((seed) => {
  const { lab, network } = randomNetwork(seed);
  const text = stringify(network);
  return { loaded: { lab: { ...lab, id: `random-${seed}` } as Lab, folder: "/nowhere", ours: false, startNetwork: text, guides: { fr: "", en: "" } }, networks: [{ name: "as generated", text }] };
});
/** The networks of the labs that are chosen, as far as packets see a difference. */
const ofLabs: Job[] = await Promise.all(
  chosenLabs(await new LabRegistry(resolvePaths().labAssets).list()).reverse().map(async (loaded) => {
    const files = distinctForPackets(filesOf(loaded), (file) => labCloud(loaded.lab.id, file));
    return { loaded, networks: await Promise.all(files.map(async (name) => ({ name, text: withSamples((await readLabText(loaded, name)) ?? "") }))) };
  }),
);
// The last labs first, as they have the most networks, and in the order of the tests that wait for them; what is short last.
const jobs = [...ofLabs, ...generated];
const keysOf = ({ loaded, networks }: Job): string[] => networks.map(({ name }) => `${loaded.lab.id}, ${name}`);

/** Where prediction and running system differ, and what the repair finds to do. */
interface Result {
  readonly asked: number;
  readonly open: number;
  readonly differ: readonly string[];
  readonly damage: Partial<FabricChange>;
}
const results = new Outcomes<Result>(jobs.flatMap(keysOf));

let harness: Harness;
let all: Promise<void>;
beforeAll(async () => {
  harness = await createHarness();
  all = forEachInParallel(jobs, 3, async (job) => {
    await goThrough(job).catch((error: unknown) => results.failed(keysOf(job), error));
  });
});
afterAll(async () => {
  await all;
  await harness.dispose();
});

/** Brings a lab up with the first of its networks, gives it the others as a student would, and compares at each. */
async function goThrough({ loaded, networks: [first, ...others] }: Job): Promise<void> {
  if (first === undefined) return;
  const running = harness.lab({ ...loaded, startNetwork: first.text });
  try {
    await running.up();
    results.found(`${loaded.lab.id}, ${first.name}`, await compared(running));
    for (const { name, text } of others) {
      await running.applyNetwork(text);
      results.found(`${loaded.lab.id}, ${name}`, await compared(running));
    }
  } finally {
    await running.down(true);
  }
}

/** Asks every node for every address. */
async function compared(running: RunningLab): Promise<Result> {
  const cloud = running.cloud();
  const questions = allQuestions(cloud, ports);
  await servicesListen(running, cloud);
  let observed = await observeAll(running, questions);
  const compare = (): { question: (typeof questions)[number]; text: string }[] =>
    questions.flatMap((question) => {
      const predicted = predictPath(cloud, question).verdict;
      const seen = observed.get(questionKey(question));
      return predicted === "unknown" || predicted === seen ? [] : [{ question, text: `${questionKey(question)}: predicted ${predicted}, observed ${seen}` }];
    });
  // A busy machine may have been too slow to answer in time: what differs is asked once more, alone.
  const again = compare().map((entry) => entry.question);
  if (again.length > 0) observed = new Map([...observed, ...(await observeAll(running, again))]);
  return { damage: await damageOf(running), asked: questions.length, open: [...observed.values()].filter((verdict) => verdict === "open").length, differ: compare().map((entry) => entry.text) };
}

/** What the repair would do: on a system that nobody touched, nothing, or it would be at work for ever. */
async function damageOf(running: RunningLab): Promise<Partial<FabricChange>> {
  const damage = await running.wiring.damage(running.machines.pids, new Set());
  return isEmpty(damage) ? {} : damage;
}

/** Machines answer a moment after they start; the question is about the network, so wait for them. */
async function servicesListen(running: RunningLab, cloud: Cloud): Promise<void> {
  await Promise.all(
    cloud.nodes.map(async (node) => {
      for (const port of node.listens) {
        await running.exec(node.name, ["bash", "-c", `for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && exit 0; sleep 0.1; done; exit 1`]);
      }
    }),
  );
}

describe("prediction and running system agree", { timeout: 400_000 }, () => {
  it.each(ofLabs.flatMap((job) => keysOf(job).map((key) => [key, job.loaded.lab] as const)))("on %s", async (key, lab) => {
    const { asked, differ, damage } = await results.of(key);
    expect({ differ, damage }).toEqual({ differ: [], damage: {} });
    // Nothing to ask only where students give the addresses by hand: see handSetAddresses.integration.test.ts.
    expect(asked > 0).toBe(lab.internet !== undefined);
  });

  it.each(generated.flatMap(keysOf))("on %s", async (key) => {
    const { asked, open, differ, damage } = await results.of(key);
    expect({ differ, damage }).toEqual({ differ: [], damage: {} });
    expect(asked).toBeGreaterThan(10);
    // Every node reaches at least itself: a prober that sees nothing proves nothing.
    expect(open).toBeGreaterThan(0);
  });
});
