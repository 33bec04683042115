import type { FabricProgram, LinkEnd, NamespaceProgram } from "./fabricProgram.ts";

/**
 * For tests: what the script of `observe.ts` would print of a system that is exactly the program, in the form of iproute2 and nft. Of
 * the namespaces named in `script`, or of all.
 */
export function observationText(program: FabricProgram, script = ""): string {
  const named = /^for name in ([^$]*); do$/m.exec(script)?.[1]?.split(" ");
  return program.namespaces
    .filter((entry) => named?.includes(entry.name) ?? true)
    .map((entry) => namespaceText(entry, program))
    .join("\n");
}

function namespaceText(entry: NamespaceProgram, program: FabricProgram): string {
  const ends = program.links.flatMap((link) => [link.a, link.b]).filter((end): end is LinkEnd & { kind: "namespace" } => end.kind === "namespace" && end.namespace === entry.name);
  const address = (text: string): object => ({ family: "inet", local: text.split("/")[0], prefixlen: Number(text.split("/")[1]) });
  const interfaces = [{ name: "lo", addresses: entry.localAddresses }, ...ends.map((end) => ({ name: end.interface, addresses: end.addresses }))];
  const born = [{ priority: 0, table: "local" }, { priority: 32766, table: "main" }, { priority: 32767, table: "default" }];
  const rules = [...entry.rules.map((rule) => ({ priority: rule.priority, ...(rule.input ? { iif: rule.input } : {}), table: String(rule.table) })), ...born];
  const routes = [...entry.routes, ...ends.flatMap((end) => (end.defaultVia ? [{ table: 254, destination: "default", kind: "unicast", device: end.interface, via: end.defaultVia }] : []))];
  return [
    `@namespace ${entry.name}`,
    JSON.stringify(interfaces.map(({ name, addresses }) => ({ ifname: name, operstate: name === "lo" ? "UNKNOWN" : "UP", addr_info: addresses.map(address) }))),
    "@rules",
    JSON.stringify(rules.map((rule) => ({ src: "all", ...rule }))),
    "@routes",
    JSON.stringify(routes.map(({ table, destination, kind, device, via }) => ({ ...(kind === "unicast" ? {} : { type: kind }), dst: destination, ...(via ? { gateway: via } : {}), ...(device ? { dev: device } : {}), table: String(table) }))),
    "@ruleset",
    entry.ruleset,
    "",
  ].join("\n");
}
