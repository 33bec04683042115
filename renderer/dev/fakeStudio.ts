import type { LabFiles, ScenarioProof } from "../../playground/contract/authorContract.ts";
import type { Handlers, LabPhase } from "../../playground/contract/contract.ts";
import { RempartError, type Fault } from "../../playground/model/errors.ts";
import { renameLab } from "../../playground/model/labDocument.ts";
import { parseLabFile } from "../../playground/model/labFile.ts";
import type { Lab } from "../../playground/model/lab.ts";
import { parseNetworkFile } from "../../playground/model/networkFile.ts";
import { withSamples } from "../../playground/model/placeholders.ts";
import { validateLab } from "../../playground/model/validate.ts";
import type { Emit } from "./fakeHost.ts";

/** What a new lab begins with: a VPC with nothing in it, as in the first template. */
const template: LabFiles = {
  "guide.en.md": "# Introduction\n\nSay here what it is about.\n",
  "guide.fr.md": "# Introduction\n\nDites ici de quoi il s’agit.\n",
  "lab.yml": "id: empty\ntitle: { fr: Vide, en: Empty }\nsummary: { fr: À remplir., en: To be filled in. }\ngroup: private-networks\nminutes: 20\nmemory_mb: 60\n\ninternet:\n  cidr_block: 203.0.113.0/24\n  hosts:\n    laptop: { address: 203.0.113.50, role: laptop }\n\nsteps: []\n\nchecks: []\n\nstart_fails: []\n",
  "network.yml": "vpcs:\n  main:\n    cidr_block: 10.0.0.0/16\n",
};
const templates = [{ id: "template:1-empty-vpc", title: { fr: "Un VPC vide", en: "An empty VPC" } }];
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Served = Extract<keyof Handlers, `studio.${string}`>;

/** The studio of the fake host: labs in memory, judged by the engine's own rules for files, and proved by nobody. */
export function fakeStudio(emit: Emit, pace: number): Pick<Handlers, Served> {
  const labs = new Map<string, { files: LabFiles; revision: number }>();
  const known = (id: string) => {
    const lab = labs.get(id);
    if (!lab) throw new RempartError("input.unknown-lab", `There is no lab ${id} of your own.`);
    return lab;
  };
  const saved = ({ files, revision }: { files: LabFiles; revision: number }) => ({ revision: String(revision), faults: faultsOf(files) });
  const own = (id: string) => ({ lab: id, title: labOf(known(id).files)?.title ?? { fr: id, en: id }, faults: faultsOf(known(id).files).length, folder: `/fake/${id}` });
  const tell = (lab: string, phase: LabPhase): void => emit("lab.status", { lab, phase, nodes: [], memoryBytes: 0, findings: [], checks: [], outputs: {}, folder: `/fake/${lab}`, hasDns: false });
  return {
    "studio.list": async () => ({ labs: [...labs.keys()].map(own), templates }),
    "studio.create": async ({ lab, title }) => {
      if (labs.has(lab)) throw new RempartError("input.lab-id-taken", `There is a lab ${lab} already.`);
      const made = { files: { ...template, "lab.yml": renameLab(template["lab.yml"] ?? "", lab, title) }, revision: 1 };
      labs.set(lab, made);
      return { lab, folder: `/fake/${lab}`, files: made.files, ...saved(made) };
    },
    "studio.read": async ({ lab }) => ({ lab, folder: `/fake/${lab}`, files: known(lab).files, ...saved(known(lab)) }),
    "studio.write": async ({ lab, files, revision }) => {
      if (revision !== String(known(lab).revision)) throw new RempartError("input.changed-on-disk", `The files of ${lab} were changed.`);
      const next = { files, revision: known(lab).revision + 1 };
      labs.set(lab, next);
      return saved(next);
    },
    "studio.remove": async ({ lab }) => {
      labs.delete(lab);
      return {};
    },
    "studio.run": async ({ lab }) => {
      tell(lab, "running");
      return {};
    },
    "studio.try": async ({ check }) => ({ id: String(check["id"]), state: "failed", command: "curl http://203.0.113.80:8080/", output: "curl: (28) Connection timed out", milliseconds: 3004, summary: { fr: "silence pendant 3 s", en: "silence for 3 s" } }),
    "studio.prove": async ({ lab }) => {
      tell(lab, "stopped");
      const names = ["start", "solution", ...Object.keys(labOf(known(lab).files)?.broken ?? {})];
      const scenarios = names.map((scenario): ScenarioProof => ({ scenario, state: "waiting", unexpected: [] }));
      for (const index of scenarios.keys()) {
        for (const state of ["running", "proved"] as const) {
          scenarios[index] = { scenario: names[index] ?? "", state, unexpected: [], ...(state === "proved" ? { milliseconds: 4200 } : {}) };
          emit("studio.proof", { lab, scenarios: [...scenarios] });
          await wait(pace);
        }
      }
      return { lab, scenarios };
    },
    "studio.pack": async ({ lab }) => ({ name: `${lab}.rempart-lab.tgz`, data: btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(known(lab).files)))) }),
    "studio.unpack": async () => {
      throw new RempartError("input.not-a-lab-file", "The fake host unpacks nothing.");
    },
  };
}

function labOf(files: LabFiles): Lab | undefined {
  return parseLabFile(files["lab.yml"] ?? "").lab;
}

/** The faults of lab.yml and of every network that it names. */
function faultsOf(files: LabFiles): Fault[] {
  const { lab, faults } = parseLabFile(files["lab.yml"] ?? "");
  const networks = Object.entries(files).filter(([path]) => path !== "lab.yml" && path.endsWith(".yml"));
  const found = networks.flatMap(([file, text]) => {
    const parsed = parseNetworkFile(withSamples(text));
    const ofNetwork = lab && parsed.network ? validateLab(lab, parsed.network).filter((fault) => fault.file !== "lab.yml" || file === "network.yml") : [];
    return [...parsed.faults, ...ofNetwork].map((fault) => (fault.file === "lab.yml" ? fault : { ...fault, file }));
  });
  return [...faults, ...found];
}
