import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isEmpty, type FabricChange } from "../fabric/diff.ts";
import { labCloud } from "../fabric/testPrograms.ts";
import { type Lab, networksNamedBy } from "../model/lab.ts";
import { predictPath } from "../model/packetPath.ts";
import { randomNetwork } from "../model/randomNetwork.ts";
import { stringify } from "yaml";
import { allQuestions, observeAll, questionKey } from "../testing/allPairs.ts";
import { chosenLabs, leavesNothingOut } from "../testing/chosenLabs.ts";
import { distinctForPackets } from "../testing/distinctNetworks.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { LabRegistry } from "./labRegistry.ts";
import { readLabText } from "./labTexts.ts";
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

/** Those of the labs that are chosen, as far as packets see a difference. */
const networks = chosenLabs(await new LabRegistry(resolvePaths().labAssets).list()).flatMap((loaded) =>
  distinctForPackets(filesOf(loaded), (file) => labCloud(loaded.lab.id, file)).map((file) => ({ loaded, file })),
);

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterAll(() => harness.dispose());

/** Brings the network up, asks every node for every address, and returns where prediction and running system differ. */
async function disagreements(loaded: LoadedLab): Promise<{ asked: number; open: number; differ: string[]; damage: Partial<FabricChange> }> {
  const running = harness.lab(loaded);
  try {
    await running.up();
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
    const damage = await damageOf(running);
    return { damage, asked: questions.length, open: [...observed.values()].filter((verdict) => verdict === "open").length, differ: compare().map((entry) => entry.text) };
  } finally {
    await running.down(true);
  }
}

/** What the repair would do: on a system that nobody touched, nothing, or it would be at work for ever. */
async function damageOf(running: ReturnType<Harness["lab"]>): Promise<Partial<FabricChange>> {
  const damage = await running.wiring.damage(running.machines.pids, new Set());
  return isEmpty(damage) ? {} : damage;
}

/** Machines answer a moment after they start; the question is about the network, so wait for them. */
async function servicesListen(running: ReturnType<Harness["lab"]>, cloud: ReturnType<ReturnType<Harness["lab"]>["cloud"]>): Promise<void> {
  await Promise.all(
    cloud.nodes.map(async (node) => {
      for (const port of node.listens) {
        await running.exec(node.name, ["bash", "-c", `for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && exit 0; sleep 0.1; done; exit 1`]);
      }
    }),
  );
}

describe("prediction and running system agree", () => {
  it.concurrent.each(randomSeeds)("on generated network %i", async (seed) => {
    const { lab, network } = randomNetwork(seed);
    const loaded: LoadedLab = { lab: { ...lab, id: `random-${seed}` } as Lab, folder: "/nowhere", ours: false, startNetwork: stringify(network), guides: { fr: "", en: "" } };
    const result = await disagreements(loaded);
    expect(result.differ).toEqual([]);
    expect(result.damage).toEqual({});
    expect(result.asked).toBeGreaterThan(10);
    // Every node reaches at least itself: a prober that sees nothing proves nothing.
    expect(result.open).toBeGreaterThan(0);
  });

  // Each under an id of its own, for several networks of one lab run at the same time.
  it.concurrent.each(networks.map(({ loaded, file }, index) => [loaded.lab.id, file, index, loaded] as const))("on %s, %s", async (_id, file, index, loaded) => {
    const startNetwork = withSamples((await readLabText(loaded, file)) ?? "");
    const { asked, differ, damage } = await disagreements({ ...loaded, lab: { ...loaded.lab, id: `${loaded.lab.id}-${index}` }, startNetwork });
    expect({ differ, damage }).toEqual({ differ: [], damage: {} });
    // Nothing to ask only where students give the addresses by hand: see handSetAddresses.integration.test.ts.
    expect(asked > 0).toBe(loaded.lab.internet !== undefined);
  });
});
