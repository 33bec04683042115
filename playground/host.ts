import { join } from "node:path";
import type { Caller, EventData, EventName, Handlers, Progress } from "./contract/contract.ts";
import type { Transport } from "./contract/frames.ts";
import { Diagnostics, allowsLabs } from "./diagnostics/diagnostics.ts";
import { prepareMachine } from "./diagnostics/prepareMachine.ts";
import { connectEngine } from "./engine/connectEngine.ts";
import type { ContainerEngine } from "./engine/containerEngine.ts";
import { imageNames, imageReference, labImageNames } from "./images/catalogue.ts";
import { ensureImages } from "./images/ensureImage.ts";
import { RempartError } from "./model/errors.ts";
import { parsePodTerminal } from "./model/podTerminal.ts";
import { serve } from "./rpc/dispatcher.ts";
import { breakageHandlers, witnessed } from "./services/breakageHandlers.ts";
import { BreakageService } from "./services/breakageService.ts";
import { DrillService } from "./services/drillService.ts";
import { ExposureScans } from "./services/exposure.ts";
import { authorHandlers } from "./services/authorHandlers.ts";
import { classHandlers } from "./services/classHandlers.ts";
import { clusterHandlers } from "./services/clusterHandlers.ts";
import { ClusterViews } from "./services/clusterViews.ts";
import { dnsHandlers } from "./services/dnsHandlers.ts";
import { DnsTreeWatch } from "./services/dnsTreeWatch.ts";
import { DnsWatch } from "./services/dnsWatch.ts";
import { gradingHandlers } from "./services/gradingHandlers.ts";
import { GradingService } from "./services/gradingService.ts";
import { labHandlers, type LabHandlerParts } from "./services/labHandlers.ts";
import { kubeconfigFile } from "./services/kubernetesReader.ts";
import { LabRegistry } from "./services/labRegistry.ts";
import { readSeed } from "./services/labSeeds.ts";
import { LabService } from "./services/labService.ts";
import { makeClusterSupport } from "./services/makeClusterSupport.ts";
import { makeRecorder } from "./services/makeRecorder.ts";
import { networkHandlers } from "./services/networkHandlers.ts";
import { NodeStreams } from "./services/nodeStreams.ts";
import { openClusterNodeTerminal, openNodeTerminal } from "./services/nodeTerminal.ts";
import { observationHandlers } from "./services/observationHandlers.ts";
import { ownLabsFolder } from "./services/ownLabs.ts";
import { PacketCaptures } from "./services/packetCaptures.ts";
import { openInWireshark } from "./services/wireshark.ts";
import { openPodShell } from "./services/podShell.ts";
import { resolvePaths, type RempartPaths } from "./services/paths.ts";
import { mirrorOf } from "./services/settingsMirror.ts";
import { chromiumPrinter, type PdfPrinter } from "./services/pdfPrinter.ts";
import { TerminalRecords } from "./services/recordTerminals.ts";
import { reportHandlers } from "./services/reportHandlers.ts";
import { ReportService } from "./services/reportService.ts";
import { SettingsStore } from "./services/settingsStore.ts";
import { Studio } from "./services/studio.ts";
import { StudioRuns } from "./services/studioRuns.ts";
import { systemHandlers } from "./services/systemHandlers.ts";
import { TerminalService } from "./services/terminalService.ts";
import { TunnelWatch } from "./services/tunnels.ts";
import { Workspace } from "./services/workspace.ts";

export type { PdfPrinter };

export interface HostOptions {
  readonly paths?: RempartPaths;
  /** True for a host that stays (window, `serve`): it watches running labs and repairs them. A single command only acts. */
  readonly live?: boolean;
  /** Connects to the engine; by default the one that this machine has. */
  readonly engine?: () => Promise<ContainerEngine>;
  readonly onInternalError?: (error: unknown, method: string) => void;
  /** Makes PDF of reports; by default a Chromium of this computer. */
  readonly printer?: PdfPrinter;
}

/** The engine's side of the contract, composed. */
export interface Host {
  readonly paths: RempartPaths;
  readonly labs: LabService;
  readonly registry: LabRegistry;
  readonly grading: GradingService;
  readonly diagnostics: Diagnostics;
  readonly handlers: Handlers;
  /** For the command line: bytes go past the contract. */
  readonly streams: NodeStreams;
  /** Throws `machine.…` while there is no engine. */
  engine(): Promise<ContainerEngine>;
  /** Serves one window or command line until its transport closes. */
  serve(transport: Transport): void;
  /** Brings the machine to where labs can run, then finds the labs that run already. Never throws: what is missing is in the diagnostics. */
  prepare(signal?: AbortSignal): Promise<void>;
  /** Ends watching, terminals and connections. Labs go on running. */
  dispose(): Promise<void>;
}

/** The composition root: everything is made and joined here, and nowhere else. */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  const paths = options.paths ?? resolvePaths();
  const callers = new Set<Caller>();
  const emit = <Name extends EventName>(event: Name, data: EventData<Name>): void => {
    for (const caller of callers) caller.emit(event, data as Parameters<typeof caller.emit<Name>>[1]);
  };
  const onProgress = (progress: Progress): void => emit("progress", progress);

  const settings = new SettingsStore(paths.state);
  const context = (await settings.get()).dockerContext;
  const connectOptions = context === undefined ? {} : { context };
  const engine = options.engine ?? remembered(() => connectEngine(connectOptions));
  const mirror = mirrorOf(settings);
  const diagnostics = new Diagnostics({ mirror }, connectOptions);
  const references = new Map(imageNames.map((name) => [name as string, imageReference(name)]));
  const referenceOf = (image: string): string => references.get(image) ?? imageReference(image);

  const registry = new LabRegistry(paths.labAssets, labImageNames, { own: ownLabsFolder(paths.labs), seedOf: (lab) => readSeed(join(paths.labs, lab)) });
  const recorder = makeRecorder({ registry, paths, settings });
  const grading = new GradingService({ folderOf: (lab) => join(paths.labs, lab), emit: (lab, check) => {
    emit("check.updated", { lab, check });
    drills.checkSeen(labs.opened(lab), check);
  }, record: (lab, event) => recorder.tell(lab, event) });
  const labs = new LabService({ paths, labs: registry, engine, imageReference: referenceOf, knownImages: labImageNames, ensureImages: (on, names, onLine, signal) => ensureImages(on, names, onLine, signal, mirror), hasTunnelDevice: () => diagnostics.hasTunnelDevice(), clusters: makeClusterSupport, live: options.live ?? false, emit, onMachineEvent: (lab) => grading.labChanged(lab), checks: (loaded) => grading.latest(loaded), record: (lab, event) => recorder.tell(lab, event) });

  const onBreakage = (lab: string): void => emit("breakages.changed", { lab });
  const breakages = new BreakageService(onBreakage);
  const drills: DrillService = new DrillService({ breakages, grading, onChange: onBreakage, record: (lab, event) => recorder.tell(lab, event) });
  const tunnels = new TunnelWatch(engine);
  const streams = new NodeStreams(labs, engine);
  const exposure = new ExposureScans({ open: (lab, node, command, execOptions) => streams.exec(lab, node, command, execOptions), onProgress, emit });
  const packets = new PacketCaptures({ open: (lab, node) => streams.capture(lab, node, undefined), emit: (seen) => emit("packets.seen", seen), folderOf: (lab) => join(paths.labs, lab), openFile: (file) => openInWireshark(file) });
  const questions = new DnsWatch(engine);
  const clusters = new ClusterViews({ emit: (lab, cluster) => emit("cluster.changed", { lab, cluster }) });
  const commandsFolder = join(paths.state, "bin");
  const records = new TerminalRecords(recorder);
  const terminals = new TerminalService({
    follow: (lab, node, columns) => records.follow(lab, node, columns),
    onEntered: (lab) => grading.labTyped(lab),
    openNode: async (lab, name, size) => {
      const running = await labs.lab(lab);
      const pod = parsePodTerminal(name);
      if (pod !== undefined) return openPodShell(await engine(), running, pod, size);
      const node = running.cloud().nodes.find((candidate) => candidate.name === name);
      if (!node) throw new RempartError("input.unknown-node", `lab ${lab} has no machine '${name}'`, { kind: "input" });
      if (!node.terminal) throw new RempartError("lab.no-terminal", `this lab gives no terminal in '${name}'`, { kind: "input", next: "reach it over the network, from a machine that you have a terminal in" });
      const open = node.kind === "cluster-node" ? openClusterNodeTerminal : openNodeTerminal;
      return open(await engine(), running.machines.containerOf(name), size);
    },
    openLocal: async (lab, size) => {
      // Loaded when wanted: a machine where the native module is missing still has everything else.
      const { openLocalShell, writeShellCommands } = await import("./services/localShell.ts").catch((error: unknown) => {
        throw new RempartError("machine.no-local-shell", "The native module of local terminals (node-pty) is missing.", { kind: "machine", next: "run 'npm rebuild node-pty'; the machines' terminals work without it", cause: error });
      });
      await writeShellCommands(commandsFolder, [process.execPath, join(paths.applicationRoot, "playground", "bin", "rempart.mjs")]);
      if (lab === undefined) return openLocalShell({ folder: paths.labs, commandsFolder }, size);
      const workspace = new Workspace(paths.labs, lab);
      const loaded = await registry.get(lab);
      await workspace.prepare(loaded);
      const kubeconfig = /^clusters:/m.test(loaded.startNetwork) ? { kubeconfig: join(workspace.folder, kubeconfigFile) } : {};
      return openLocalShell({ folder: workspace.folder, lab, sshConfig: join(workspace.folder, "ssh_config"), commandsFolder, ...kubeconfig }, size);
    },
  });

  const readyMachine = async (signal?: AbortSignal): Promise<void> => {
    const has = await engine().then((one) => one.imageExists(referenceOf("instance")), () => false);
    if (has) return;
    const found = await prepareMachine(diagnostics, { onProgress, ...(signal === undefined ? {} : { signal }) });
    if (!allowsLabs(found)) {
      const missing = found.filter((one) => one.state === "failed").map((one) => one.title.en);
      throw new RempartError("machine.not-ready", `this machine cannot run labs yet: ${missing.join(", ")}`, { kind: "machine", next: "rempart doctor says what is missing and what to do" });
    }
  };

  const parts: LabHandlerParts = {
    registry,
    labs,
    grading,
    labsFolder: paths.labs,
    knownImages: labImageNames,
    prepareMachine: readyMachine,
    onNetworkChanged: (lab, revision) => emit("network.changed", { lab, revision }),
    closeTerminals: (lab) => terminals.closeAll(lab),
    forgetLayout: (lab) => settings.forgetLayout(lab),
    forgetAttempt: (lab) => recorder.forget(lab),
    startAgain: (lab, node) => breakages.repair(lab, `instances.${node}`).then(() => ({})),
    cableSet: (lab, node) => breakages.repair(lab, `cables.${node}`).then(() => undefined),
  };
  const studio = new Studio({ registry, own: ownLabsFolder(paths.labs), templates: join(paths.applicationRoot, "assets", "templates"), images: labImageNames });
  const studioRuns = new StudioRuns({ studio, registry, labs, grading, prepareMachine: readyMachine, closeTerminals: (lab) => terminals.closeAll(lab), onProof: (lab, scenarios) => emit("studio.proof", { lab, scenarios }) });
  const handlers: Handlers = {
    ...labHandlers(parts),
    ...networkHandlers(parts, engine, tunnels),
    ...gradingHandlers({ registry, labs, grading }),
    ...observationHandlers({ labs, tunnels, exposure }),
    ...systemHandlers({ paths, settings, diagnostics, labs, engine, onProgress, cancelScan: (lab) => exposure.cancel(lab), cancelProof: (lab) => studioRuns.cancel(lab) }),
    ...dnsHandlers({ labs, questions, tree: new DnsTreeWatch(questions) }),
    ...classHandlers({ registry, onProgress }),
    ...clusterHandlers({ labs, clusters }),
    ...breakageHandlers({ labs, grading, breakages, drills }),
    ...packets.handlers(),
    ...terminals.handlers(),
    ...reportHandlers({ recorder, registry, reports: new ReportService({ paths, registry, recorder, terminals: records, grading, settings, printer: options.printer ?? chromiumPrinter }) }),
    ...authorHandlers({ registry, labs, labsFolder: paths.labs, studio, runs: studioRuns }),
  };

  const heard = witnessed(handlers, drills, (lab) => labs.opened(lab));

  return {
    paths,
    labs,
    registry,
    grading,
    diagnostics,
    handlers,
    streams,
    engine,
    serve(transport) {
      const caller = serve(transport, heard, options.onInternalError ? { onInternalError: options.onInternalError } : {});
      callers.add(caller);
      caller.signal.addEventListener("abort", () => callers.delete(caller));
    },
    async prepare(signal) {
      await readyMachine(signal).then(() => labs.discover()).catch(() => undefined);
    },
    async dispose() {
      terminals.closeAll();
      packets.dispose();
      questions.dispose();
      clusters.dispose();
      labs.dispose();
      await grading.stop();
      await recorder.settle();
    },
  };
}

/** Asks once and keeps the answer; after a failure the next call asks again. */
function remembered<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
