/**
 * Docker Engine before 23 fails every privileged container, and every command in one, on a host whose bounding set lacks a capability
 * (moby#42906, fixed by moby#42933): it asks runc for all that the kernel knows. A runtime in front of runc that takes out what cannot be
 * had makes them work, with what is left.
 */

/** By number, as in linux/capability.h. */
const capabilityNames = [
  ...["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW"],
  ...["IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD"],
  ...["LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE"],
];

/**
 * Capabilities that the kernel knows and that a process cannot have, as `CAP_…`.
 * @param status text of /proc/PID/status
 * @param last text of /proc/sys/kernel/cap_last_cap
 */
export function missingCapabilities(status: string, last: string): string[] {
  const text = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  if (text === undefined) return [];
  const bounding = BigInt(`0x${text}`);
  return capabilityNames.flatMap((name, number) => (number <= Number(last.trim()) && ((bounding >> BigInt(number)) & 1n) === 0n ? [`CAP_${name}`] : []));
}

/** Whether an engine of this version needs the wrapper on a host that lacks capabilities. */
export function needsWrapper(version: string, missing: readonly string[]): boolean {
  const major = Number(/\d+/.exec(version)?.[0] ?? "0");
  return missing.length > 0 && major < 23;
}

/**
 * A runtime in front of runc, in plain shell, because it runs at every command in every container: it adds one process of `sed`, and that
 * only where a capability is to be taken out.
 */
export function wrapperScript(runc: string, missing: readonly string[]): string {
  const names = missing.join("|");
  return `#!/bin/sh
# Takes the capabilities out that this computer does not have, then runs runc.
bundle=. file= create= previous=
for word in "$@"; do
  case $previous in
    --bundle | -b) bundle=$word ;;
    --process | -p) file=$word ;;
  esac
  case $word in
    create | run | restore) create=yes ;;
    --bundle=*) bundle=\${word#*=} ;;
    --process=*) file=\${word#*=} ;;
  esac
  previous=$word
done
[ -z "$create" ] || file=$bundle/config.json
if [ -n "$file" ] && [ -f "$file" ]; then
  sed -E -i 's/"(${names})",//g; s/,?"(${names})"//g' "$file"
fi
exec ${runc} "$@"
`;
}
