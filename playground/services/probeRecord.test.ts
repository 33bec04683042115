import { expect, test } from "vitest";
import { ProbeRecord } from "./probeRecord.ts";

const question = { precision: 0, from: "laptop", node: "resolver", address: "203.0.113.53", name: "www.example.com", type: "A" };

async function ran(node: string, command: readonly string[], stdin?: string): Promise<{ record: ProbeRecord; at: number }> {
  const record = new ProbeRecord();
  await record.during(node, command, stdin, new Promise((resolve) => setTimeout(resolve, 5)));
  return { record, at: Date.now() };
}

test("what a check's command asks is Rempart's own question, and no further one", async () => {
  const { record, at } = await ran("laptop", ["dig", "@203.0.113.53", "www.example.com", "+time=3"]);
  const isOwn = record.judge();
  expect(isOwn({ ...question, at, address: "203.0.113.201", node: "root" })).toBe(false);
  expect(isOwn({ ...question, at })).toBe(true);
  // The student's, at the same moment.
  expect(isOwn({ ...question, at })).toBe(false);
  expect(record.judge()({ ...question, at })).toBe(true);
});

test("another machine, another name and another time are somebody else's", async () => {
  const { record, at } = await ran("laptop", ["curl", "http://www.example.com:8080/"]);
  expect(record.judge()({ ...question, at })).toBe(true);
  expect(record.judge()({ ...question, at, type: "AAAA" })).toBe(true);
  expect(record.judge()({ ...question, at, from: "web" })).toBe(false);
  expect(record.judge()({ ...question, at, name: "www.example.org" })).toBe(false);
  expect(record.judge()({ ...question, at: at + 5000 })).toBe(false);
  expect(record.judge()({ ...question, at: at - 700, precision: 1000 })).toBe(true);
});

test("a script may ask the same again and again", async () => {
  const { record, at } = await ran("ns", ["bash", "-s"], "dig @127.0.0.1 example.com SOA");
  const isOwn = record.judge();
  for (let time = 0; time < 3; time += 1) expect(isOwn({ ...question, at, from: "ns", node: "ns", address: "10.0.0.1", name: "example.com", type: "SOA" })).toBe(true);
});
