import type { FaultList, FaultPath } from "./faults.ts";
import type { Instance } from "./network.ts";

/** Names that would be mistaken for something else in a question, a route or a name look-up. */
export const reservedNames: ReadonlySet<string> = new Set(["localhost", "local", "blackhole", "internet", "fabric", "host"]);

/** True for an absolute path without `..` that is no part of the kernel's own file systems. */
export function isPathInMachine(path: string): boolean {
  if (!/^\/[^\0]*[^/\0]$/.test(path)) return false;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length > 0 && !parts.includes("..") && !["proc", "sys", "dev"].includes(parts[0] ?? "");
}

/** True for a path that stays inside the lab's folder, on every system. */
export function isPathInLab(path: string): boolean {
  return path !== "" && !/^[/\\~]|^[A-Za-z]:|\\|\0/.test(path) && !path.split("/").includes("..");
}

/** Whether an image of the catalogue runs in the pods of clusters, and in no machine: those have a tag, as manifests name them. */
export const isForPods = (image: string): boolean => image.includes(":");

/** Image, devices and files of a machine of either file. `images`: the names of the catalogue, when known. */
export function addMachineFaults(list: FaultList, path: FaultPath, machine: Pick<Instance, "image" | "files" | "capabilities" | "devices">, images: readonly string[] | undefined): void {
  const forMachines = images?.filter((image) => !isForPods(image));
  if (forMachines && !forMachines.includes(machine.image)) list.addUnknown("machine.unknown-image", [...path, "image"], machine.image, forMachines);
  if (machine.devices.includes("tun") && !machine.capabilities.includes("NET_ADMIN")) list.add("machine.tun-without-rights", [...path, "devices"]);
  const seen = new Set<string>();
  machine.files.forEach((file, index) => {
    const filePath = [...path, "files", index, "path"];
    if (!isPathInMachine(file.path)) list.add("machine.file-path", filePath, { value: file.path });
    else if (seen.has(file.path)) list.add("machine.duplicate-file", filePath, { value: file.path });
    seen.add(file.path);
  });
}
