import { join } from "node:path";
import { assetsFolder } from "./assetsFolder.ts";
import { digestOf, readContext } from "./buildContext.ts";

/** A program that is compiled from a Go module of `assets/`, which pins all that it is made of. */
export interface Program {
  /** Folder of the module, below `assets/`. */
  readonly module: string;
  /** The package with its `main`, as `go build` takes it. */
  readonly package: string;
  readonly tags?: string;
  /** String variables that the linker sets. */
  readonly variables?: Readonly<Record<string, string>>;
  /** About how long it takes on two cores the first time, in seconds. */
  readonly seconds: number;
}

export const kubernetesVersion = "1.37.2";
export const istioVersion = "1.31.0";

const [kubernetesMajor = "", kubernetesMinor = ""] = kubernetesVersion.split(".");
const kubernetesVariables = Object.fromEntries(
  ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) => [
    [`${path}.gitVersion`, `v${kubernetesVersion}`],
    [`${path}.gitMajor`, kubernetesMajor],
    [`${path}.gitMinor`, kubernetesMinor],
    [`${path}.gitTreeState`, "clean"],
  ]),
);
const istioVariables = Object.fromEntries(
  Object.entries({ buildVersion: istioVersion, buildTag: istioVersion, buildHub: "docker.io/istio", buildGitRevision: "eed52ebb66ad", buildStatus: "Clean" }).map(([name, value]) => [`istio.io/istio/pkg/version.${name}`, value]),
);
/** Snapshotters that need C libraries, and that kind never chooses. */
const containerdTags = "no_btrfs no_devmapper no_zfs no_aufs";
const containerd = (name: string): Program => ({
  module: "programs/containerd",
  package: `github.com/containerd/containerd/v2/cmd/${name}`,
  tags: containerdTags,
  variables: { "github.com/containerd/containerd/v2/version.Version": "v2.2.0" },
  seconds: 40,
});
const app = (name: string, version: string): Program => ({ module: "images/apps", package: `./cmd/${name}`, variables: { "main.version": version }, seconds: 5 });

/** All programs that Rempart can compile. Two of them come from one module where they share most of their packages. */
export const programs = {
  kind: { module: "programs/kind", package: "sigs.k8s.io/kind", seconds: 35 },
  kubernetes: { module: "programs/kubernetes", package: "./node", variables: kubernetesVariables, seconds: 600 },
  kubectl: { module: "programs/kubernetes", package: "./kubectl", variables: kubernetesVariables, seconds: 5 },
  containerd: containerd("containerd"),
  "containerd-shim-runc-v2": containerd("containerd-shim-runc-v2"),
  ctr: containerd("ctr"),
  coredns: { module: "programs/coredns", package: ".", seconds: 20 },
  istioctl: { module: "programs/istio", package: "./istioctl", variables: istioVariables, seconds: 120 },
  "pilot-discovery": { module: "programs/istio", package: "istio.io/istio/pilot/cmd/pilot-discovery", variables: istioVariables, seconds: 60 },
  "pilot-agent": { module: "programs/istio", package: "istio.io/istio/pilot/cmd/pilot-agent", tags: "agent", variables: istioVariables, seconds: 10 },
  "go-httpbin": { module: "programs/httpbin", package: "github.com/mccutchen/go-httpbin/v2/cmd/go-httpbin", seconds: 10 },
  "tcp-echo": { module: "programs/istio", package: "istio.io/istio/samples/tcp-echo/src", seconds: 5 },
  "sample-app-v1": app("sample-app", "v1"),
  "sample-app-v2": app("sample-app", "v2"),
  "sample-app-frontend-0.0.1": app("sample-app-frontend", "0.0.1"),
  "sample-app-backend-0.0.1": app("sample-app-backend", "0.0.1"),
  "sample-app-backend-0.0.2": app("sample-app-backend", "0.0.2"),
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

/** A program by its name. */
export function program(name: ProgramName): Program {
  return programs[name];
}

/** Folder of the module that a program is compiled from. */
export function moduleFolder(one: Program): string {
  return join(assetsFolder(), ...one.module.split("/"));
}

/** Twelve digits that change with the sources (tests apart), the versions that they pin, or how the program is compiled. */
export function programDigest(name: ProgramName): string {
  const sources = readContext(moduleFolder(program(name))).filter(({ path }) => /(^|\/)(go\.mod|go\.sum|[^/]*\.go)$/.test(path) && !path.endsWith("_test.go"));
  const recipe = JSON.stringify(program(name), (key, value: unknown) => (key === "seconds" ? undefined : value));
  return digestOf([...sources, { path: "recipe", content: Buffer.from(recipe), executable: false }]);
}
