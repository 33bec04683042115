import { connectEngine } from "../engine/connectEngine.ts";
import { imageNames, imageReference } from "../images/catalogue.ts";
import { LabRegistry } from "../services/labRegistry.ts";
import { readLabText } from "../services/labTexts.ts";
import { resolvePaths } from "../services/paths.ts";
import { RunningLab } from "../services/runningLab.ts";

/** Brings a solved lab up, to be killed on the way: `tsx upOnce.ts SCOPE LABS_FOLDER LAB`. Says "begin" when the work begins. */
const [scope = "", labsFolder = "", id = ""] = process.argv.slice(2);
const loaded = await new LabRegistry(resolvePaths().labAssets).get(id);
const startNetwork = (await readLabText(loaded, "solution/network.yml")) ?? "";
const lab = new RunningLab(
  { ...loaded, startNetwork },
  {
    engine: await connectEngine(),
    scope,
    labsFolder,
    imageReference,
    knownImages: imageNames,
    ensureImages: async () => undefined,
    hasTunnelDevice: async () => true,
    live: false,
    onStatus: () => undefined,
    onTopology: () => undefined,
    onProgress: () => undefined,
  },
);
process.stdout.write("begin\n");
await lab.up();
