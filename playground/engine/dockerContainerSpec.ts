import type Docker from "dockerode";
import type { ContainerSpec, EngineInfo } from "./containerEngine.ts";
import { seccompOption } from "./seccompProfile.ts";

/** Our specification as the Docker API wants it, at this engine. No host mounts, no published ports, never privileged. */
export function toCreateOptions(spec: ContainerSpec, engine: Pick<EngineInfo, "securityOptions">): Docker.ContainerCreateOptions {
  const seccomp = seccompOption(spec, engine);
  const security = [...(spec.securityOptions ?? []), ...(seccomp === undefined ? [] : [seccomp])];
  return {
    name: spec.name,
    Image: spec.image,
    Labels: { ...spec.labels },
    Env: Object.entries(spec.environment ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(spec.hostname === undefined ? {} : { Hostname: spec.hostname }),
    ...(spec.command === undefined ? {} : { Cmd: [...spec.command] }),
    ...(spec.entrypoint === undefined ? {} : { Entrypoint: [...spec.entrypoint] }),
    StopTimeout: 2,
    HostConfig: {
      NetworkMode: spec.network,
      RestartPolicy: { Name: spec.restart ?? "no" },
      ...(spec.dropCapabilities === undefined ? {} : { CapDrop: [...spec.dropCapabilities] }),
      ...(spec.addCapabilities === undefined ? {} : { CapAdd: [...spec.addCapabilities] }),
      // Over the API, unlike in the command line, systempaths=unconfined is said by empty lists.
      ...(security.length === 0 ? {} : securityOptions(security)),
      ...(spec.hostPidNamespace === true ? { PidMode: "host" } : {}),
      ...(spec.memoryBytes === undefined ? {} : { Memory: spec.memoryBytes }),
      ...(spec.pidsLimit === undefined ? {} : { PidsLimit: spec.pidsLimit }),
      ...(spec.sysctls === undefined ? {} : { Sysctls: { ...spec.sysctls } }),
      ...(spec.devices === undefined
        ? {}
        : { Devices: spec.devices.map((path) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: "rwm" })) }),
    },
  };
}

function securityOptions(options: readonly string[]): { SecurityOpt: string[]; MaskedPaths?: string[]; ReadonlyPaths?: string[] } {
  const rest = options.filter((option) => option !== "systempaths=unconfined");
  return rest.length === options.length ? { SecurityOpt: rest } : { SecurityOpt: rest, MaskedPaths: [], ReadonlyPaths: [] };
}
