import { expect, it } from "vitest";
import { fakeNames, fakeTree } from "../dev/fakeDns.ts";
import { nameRows } from "./namesTable.ts";
import { depthOf, treeOrder } from "./treeOrder.ts";

it("puts what two machines are told side by side, the differences first", () => {
  const rows = nameRows([fakeNames("laptop"), fakeNames("private-1")]);
  expect(rows.map((row) => [row.name, row.differs])).toEqual([["shop.example.com", true], ["nothing.example.com", false], ["web", false]]);
  expect(rows[0]?.seen.map((seen) => seen?.records.at(-1)?.value)).toEqual(["203.0.113.80", "10.0.80.20"]);
});

it("does not take another order of the same addresses, or another TTL, for a difference", () => {
  const records = ["10.0.0.1", "10.0.0.2"].map((value, ttl) => ({ type: "A", value, ttl }));
  const view = (list: typeof records) => ({ ...fakeNames("laptop"), names: [{ name: "b", type: "A", source: "resolver" as const, code: "NOERROR", records: list, isAuthoritative: false }] });
  expect(nameRows([view(records), view([...records].reverse().map((record) => ({ ...record, ttl: 9 })))])[0]?.differs).toBe(false);
});

it("believes the hosts file before the resolver, as programs do", () => {
  const both = fakeNames("laptop");
  const view = { ...both, names: [...both.names, { ...both.names[0]!, source: "resolver" as const, records: [] }] };
  expect(nameRows([view]).find((row) => row.name === "web")?.seen[0]?.source).toBe("hosts");
});

it("orders zones so that each stands before those below it", () => {
  const shuffled = [...fakeTree.zones].reverse();
  expect(treeOrder(shuffled).map((zone) => [zone.name, depthOf(zone, shuffled)])).toEqual([[".", 0], ["com", 1], ["example.com", 2], ["org", 1], ["example.org", 2]]);
});
