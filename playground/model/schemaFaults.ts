import { z } from "zod";
import type { FaultCode } from "./faultTexts.ts";
import type { FaultList, FaultPath } from "./faults.ts";

/** Keys that other tools know and that Rempart refuses on purpose: a lab is data from a stranger. */
const forbiddenKeys: Readonly<Record<string, FaultCode>> = {
  privileged: "file.forbidden-privileged",
  volumes: "file.forbidden-mount",
  volume: "file.forbidden-mount",
  mounts: "file.forbidden-mount",
  binds: "file.forbidden-mount",
  tmpfs: "file.forbidden-mount",
  network_mode: "file.forbidden-host-network",
  networks: "file.forbidden-host-network",
  publish: "file.forbidden-host-network",
  pid: "file.forbidden-host-network",
  ipc: "file.forbidden-host-network",
  devices: "file.forbidden-device",
  device: "file.forbidden-device",
  cap_add: "file.forbidden-capability",
  security_opt: "file.forbidden-capability",
  sysctls: "file.forbidden-capability",
};

/** Turns the issues of a failed parse into faults with our codes, one per unknown key. */
export function addSchemaFaults(list: FaultList, schema: z.ZodType, issues: readonly z.core.$ZodIssue[], data: unknown): void {
  for (const issue of issues) {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    switch (issue.code) {
      case "unrecognized_keys":
        for (const key of issue.keys) addUnknownKey(list, schema, path, key, data);
        break;
      case "invalid_type":
        if (issue.input === undefined && valueAt(data, path) === undefined) list.add("file.missing", path, { key: String(path.at(-1) ?? "") });
        else list.add("file.wrong-type", path, { expected: issue.expected, received: describe(valueAt(data, path)) });
        break;
      case "invalid_value":
        list.addUnknown("file.not-allowed", path, describe(valueAt(data, path)), issue.values.map(String));
        break;
      case "invalid_key":
        list.add("file.invalid-name", path, { name: String(path.at(-1) ?? "") }, true);
        break;
      case "too_big":
        list.add("file.too-big", path, { limit: String(issue.maximum) });
        break;
      case "too_small":
        list.add(issue.origin === "array" ? "file.too-few" : "file.too-small", path, { limit: String(issue.minimum) });
        break;
      case "invalid_union": {
        // Of several forms the one that the writer meant is that whose very kind of value fits: its own faults say more.
        const meant = issue.errors.find((errors) => errors.length > 0 && !errors.some((error) => error.code === "invalid_type" && error.path.length === 0));
        if (meant) {
          addSchemaFaults(list, schema, meant.map((error) => ({ ...error, path: [...issue.path, ...error.path] })), data);
          break;
        }
        const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : checkKinds(schema, path);
        list.addUnknown("file.not-allowed", path, describe(valueAt(data, path)), options);
        break;
      }
      default:
        addTextFault(list, path, issue.message, describe(valueAt(data, path)));
    }
  }
}

function addTextFault(list: FaultList, path: FaultPath, message: string, value: string): void {
  const network = /the network is (\S+)/.exec(message)?.[1];
  if (network !== undefined) list.add("file.host-bits", path, { value, network });
  else if (message.startsWith("not a CIDR")) list.add("file.not-a-cidr", path, { value });
  else if (message.startsWith("not an IP")) list.add("file.not-an-address", path, { value });
  else if (message.startsWith("a name starts")) list.add("file.invalid-name", path, { name: value });
  else if (message.startsWith("not an OpenSSH")) list.add("file.not-a-public-key", path);
  else list.add("file.invalid-value", path, { value, detail: message });
}

function addUnknownKey(list: FaultList, schema: z.ZodType, path: FaultPath, key: string, data: unknown): void {
  const forbidden = Object.hasOwn(forbiddenKeys, key) ? forbiddenKeys[key] : undefined;
  if (forbidden) list.add(forbidden, [...path, key], { key }, true);
  else list.addUnknown("file.unknown-key", [...path, key], key, keysAt(schema, path, data), {}, true);
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : String(value);
}

function valueAt(data: unknown, path: FaultPath): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined), data);
}

/** Strips what wraps a schema without changing its shape: defaults and optionals. */
function unwrap(schema: unknown): unknown {
  let current = schema;
  while (current instanceof z.ZodDefault || current instanceof z.ZodOptional) current = current.unwrap();
  return current;
}

/** Names of the keys that the schema knows at the path, to suggest one. */
function keysAt(schema: z.ZodType, path: FaultPath, data: unknown): string[] {
  let current = unwrap(schema);
  for (const [depth, part] of path.entries()) {
    if (current instanceof z.ZodObject) current = unwrap(current.shape[String(part)]);
    else if (current instanceof z.ZodRecord) current = unwrap(current.valueType);
    else if (current instanceof z.ZodArray) current = unwrap(current.element);
    else return [];
    if (current instanceof z.ZodDiscriminatedUnion) {
      const kind = valueAt(data, [...path.slice(0, depth + 1), "kind"]);
      current = current.options.map(unwrap).find((option) => option instanceof z.ZodObject && option.shape["kind"] instanceof z.ZodLiteral && option.shape["kind"].value === kind);
    }
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function checkKinds(schema: z.ZodType, path: FaultPath): string[] {
  let current = unwrap(schema);
  for (const part of path) {
    if (current instanceof z.ZodDiscriminatedUnion) break;
    if (current instanceof z.ZodObject) current = unwrap(current.shape[String(part)]);
    else if (current instanceof z.ZodArray) current = unwrap(current.element);
  }
  if (!(current instanceof z.ZodDiscriminatedUnion)) return [];
  return current.options.flatMap((option) => {
    const kind = option instanceof z.ZodObject ? option.shape["kind"] : undefined;
    return kind instanceof z.ZodLiteral ? [String(kind.value)] : [];
  });
}
