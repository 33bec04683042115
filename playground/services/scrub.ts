import { homedir, hostname, userInfo } from "node:os";

/** What of this computer could stand in a text that was recorded. */
export interface Personal {
  readonly labsFolder: string;
  readonly home: string;
  readonly user: string;
  readonly host: string;
}

/** Names that say nothing of anybody, and that machines of labs have, too. */
const common = new Set(["root", "ops", "user", "student", "admin", "localhost", "computer", "ubuntu", "debian"]);

/** As this process finds it. */
export function personalOf(labsFolder: string): Personal {
  return { labsFolder, home: homedir(), user: userInfo().username, host: hostname() };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const wholeWord = (text: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_-])${escape(text)}(?![\\p{L}\\p{N}_-])`, "gu");

/**
 * Takes this computer out of texts: its folders become `~/rempart` and `~`, and the names of its user and of itself, as whole
 * words, `user` and `computer`. Words that the lab itself uses (`vocabulary`) stay, and so does a name that says nothing.
 */
export function makeScrub(personal: Personal, vocabulary = ""): { readonly text: (text: string) => string; readonly paths: (text: string) => string } {
  const folders = ([[personal.labsFolder, "~/rempart"], [personal.home, "~"]] as const).filter(([path]) => path.length > 1 && path !== "/root");
  const names = ([[personal.host, "computer"], [personal.host.split(".")[0] ?? "", "computer"], [personal.user, "user"]] as const)
    .filter(([name]) => name.length >= 3 && !common.has(name.toLowerCase()) && !wholeWord(name).test(vocabulary))
    .map(([name, instead]) => [wholeWord(name), instead] as const);
  const paths = (text: string): string => folders.reduce((scrubbed, [path, instead]) => scrubbed.replaceAll(path, instead), text);
  return { paths, text: (text) => names.reduce((scrubbed, [pattern, instead]) => scrubbed.replace(pattern, instead), paths(text)) };
}

/** Applies a function to every string in a JSON value, but not to its keys. */
export function mapStrings<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === "string") return change(value) as Value;
  if (Array.isArray(value)) return value.map((entry: unknown) => mapStrings(entry, change)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapStrings(entry as unknown, change)])) as Value;
}
