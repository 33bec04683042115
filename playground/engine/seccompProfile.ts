import type { ContainerSpec, EngineInfo } from "./containerEngine.ts";

/**
 * What Docker's own profile keeps from a container that has no further capability, by the list of https://docs.docker.com/engine/security/seccomp/, with
 * what kernels have got since.
 */
const refusedCalls = [
  ...["acct", "add_key", "bpf", "clock_adjtime", "clock_settime", "create_module", "delete_module", "finit_module", "fsconfig", "fsmount", "fsopen", "fspick"],
  ...["get_kernel_syms", "get_mempolicy", "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "ioperm", "iopl", "kcmp", "kexec_file_load", "kexec_load"],
  ...["keyctl", "lookup_dcookie", "mbind", "mount", "mount_setattr", "move_mount", "move_pages", "nfsservctl", "open_by_handle_at", "open_tree", "perf_event_open"],
  ...["pidfd_getfd", "pivot_root", "process_madvise", "process_vm_readv", "process_vm_writev", "query_module", "quotactl", "quotactl_fd", "reboot", "request_key", "set_mempolicy"],
  ...["set_mempolicy_home_node", "setns", "settimeofday", "stime", "swapoff", "swapon", "sysfs", "_sysctl", "syslog", "umount", "umount2", "unshare", "uselib", "userfaultfd"],
  ...["ustat", "vhangup", "vm86", "vm86old"],
];
/** Bits of `clone` that ask for a namespace of one's own: of mounts, control groups, host names, IPC, users, processes, networks. */
const namespaceFlags = [0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000];
const noSuchCall = 38;
const virtualSockets = 40;
const refuse = "SCMP_ACT_ERRNO";

const profile = JSON.stringify({
  defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [
    { names: refusedCalls, action: refuse },
    ...namespaceFlags.map((flag) => ({ names: ["clone"], action: refuse, args: [{ index: 0, value: flag, valueTwo: flag, op: "SCMP_CMP_MASKED_EQ" }] })),
    // Its flags are in memory, which a filter cannot read: whoever calls it falls back on `clone`.
    { names: ["clone3"], action: refuse, errnoRet: noSuchCall },
    { names: ["socket"], action: refuse, args: [{ index: 0, value: virtualSockets, op: "SCMP_CMP_EQ" }] },
  ],
});

/** Capabilities for which Docker's own profile allows nothing more. */
const plainCapabilities: readonly string[] = ["NET_ADMIN", "NET_RAW"];

/**
 * The seccomp profile of a container, as a security option; undefined where the engine's own is to stay: where its administrator chose one, where it has
 * none, and where the container has capabilities for which it allows more. Docker's profile lists the 350 calls that are allowed, for three
 * architectures, and every command that is run in a container has it compiled anew, which is a third of what the command costs; this one lists
 * what is refused.
 */
export function seccompOption(spec: Pick<ContainerSpec, "addCapabilities" | "securityOptions">, engine: Pick<EngineInfo, "securityOptions">): string | undefined {
  const hasDefault = engine.securityOptions.some((option) => /^name=seccomp(,profile=(default|builtin))?$/.test(option));
  const isPlain = (spec.addCapabilities ?? []).every((capability) => plainCapabilities.includes(capability));
  const isChosen = spec.securityOptions?.some((option) => option.startsWith("seccomp")) === true;
  return hasDefault && isPlain && !isChosen ? `seccomp=${profile}` : undefined;
}
