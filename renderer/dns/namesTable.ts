import type { DnsName, DnsNames } from "../../playground/model/dnsView.ts";

/** One name and type with what each of the chosen machines is told. */
export interface NameRow {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  /** As many as machines; undefined where a machine knows nothing of it from this source. */
  readonly seen: readonly (DnsName | undefined)[];
  readonly differs: boolean;
}

/** Joins what machines see; those that know different answers come first, then by name. */
export function nameRows(views: readonly DnsNames[]): NameRow[] {
  const keys = new Map<string, Pick<DnsName, "name" | "type">>();
  for (const view of views) for (const { name, type } of view.names) keys.set(`${name} ${type}`, { name, type });
  const rows = [...keys].map(([key, { name, type }]): NameRow => {
    // Programs look into the hosts file first: what stands there is what they see.
    const seen = views.map((view) => view.names.find((entry) => entry.name === name && entry.type === type && entry.source === "hosts") ?? view.names.find((entry) => entry.name === name && entry.type === type));
    return { key, name, type, seen, differs: new Set(seen.map(meaning)).size > 1 };
  });
  return rows.sort((a, b) => Number(b.differs) - Number(a.differs) || Number(a.name.includes(".")) * -1 - Number(b.name.includes(".")) * -1 || a.name.localeCompare(b.name));
}

/** What an answer means to who asks: its values, in no order, or that there are none. */
const meaning = (entry: DnsName | undefined): string => (entry === undefined || entry.records.length === 0 ? "" : entry.records.map((record) => `${record.type} ${record.value}`).sort().join(", "));
