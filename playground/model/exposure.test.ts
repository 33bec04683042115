import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countExposure, differenceOf, type Exposure, exposureAt } from "./exposure.ts";
import { portStateTexts, rowPorts, rowWhy } from "./exposureText.ts";
import { mostAddresses, scannedPorts, scanTargets, usualTcpPorts } from "./exposureTargets.ts";
import { judgeExposure } from "./judgeExposure.ts";
import type { NmapPorts } from "./nmapOutput.ts";
import { predictPath } from "./packetPath.ts";
import { formatPortList, portsOf } from "./portList.ts";
import { edit, testCloud, testNetworkText } from "./testCloud.ts";

const cloud = testCloud();
const nodeOf = (name: string) => cloud.nodes.find((node) => node.name === name)!;

describe("what is scanned", () => {
  it("from the Internet: public addresses at their gateway, its hosts, and private addresses of those without a public one", () => {
    const targets = scanTargets(cloud, nodeOf("laptop"));
    expect(targets.map((target) => target.address)).toEqual(expect.arrayContaining(["203.0.113.10", "203.0.113.30", "203.0.113.80", "10.0.80.20"]));
    expect(targets.find((target) => target.address === "203.0.113.10")).toEqual({ address: "203.0.113.10", holder: "web", element: "node/web", gateway: "internet-gateway/foo-igw" });
    expect(targets.find((target) => target.address === "203.0.113.30")).toMatchObject({ holder: "foo-nat", element: "nat-gateway/foo-nat", gateway: "internet-gateway/foo-igw" });
    // Neither itself, nor the private face of a machine that has a public one.
    expect(targets.map((target) => target.address)).not.toContain("203.0.113.50");
    expect(targets.map((target) => target.address)).not.toContain("10.0.0.10");
  });

  it("from inside: private addresses of all VPCs first, and never the machine itself", () => {
    const targets = scanTargets(cloud, nodeOf("web")).map((target) => target.address);
    expect(targets[0]).toMatch(/^10\./);
    expect(targets).toEqual(expect.arrayContaining(["10.0.80.20", "10.0.0.5", "203.0.113.30", "203.0.113.50", "203.0.113.80"]));
    expect(targets).not.toContain("10.0.0.10");
    expect(targets).not.toContain("203.0.113.10");
  });

  it("names only addresses of the lab, each once", () => {
    for (const node of cloud.nodes) {
      const targets = scanTargets(cloud, node).map((target) => target.address);
      expect(new Set(targets).size).toBe(targets.length);
      expect(targets.filter((address) => !/^(203\.0\.113|10\.[01])\./.test(address))).toEqual([]);
      expect(targets.length).toBeLessThan(mostAddresses);
    }
  });

  it("asks the ports that rules and machines name beside the usual ones, but no wide range", () => {
    const own = testCloud(edit(testNetworkText, ["    ingress:\n", "    ingress:\n      - {protocol: tcp, port: 2379, cidr_blocks: [0.0.0.0/0]}\n      - {protocol: tcp, from_port: 20000, to_port: 30000, cidr_blocks: [0.0.0.0/0]}\n      - {protocol: udp, port: 5000, cidr_blocks: [0.0.0.0/0]}\n"]));
    expect(scannedPorts(own).tcp).toContain("2379");
    expect(scannedPorts(own).tcp).toHaveLength(usualTcpPorts.length + 1);
    expect(scannedPorts(own).udp).toContain("5000");
  });
});

describe("lists of ports", () => {
  it("are read and written as nmap does", () => {
    expect(portsOf("1-3,80")).toEqual([1, 2, 3, 80]);
    expect(portsOf("")).toEqual([]);
    expect(portsOf("65534-70000")).toEqual([65_534, 65_535]);
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 60 }), (ports) => {
      expect(portsOf(formatPortList(ports))).toEqual([...ports].sort((one, other) => one - other));
    }));
  });
});

const found = (ports: string, state: NmapPorts["state"], count = 1, protocol: "tcp" | "udp" = "tcp"): NmapPorts => ({ protocol, ports, count, state, reason: "test" });
const judge = (...ports: NmapPorts[]) => judgeExposure(cloud, "laptop", scanTargets(cloud, nodeOf("laptop")), [{ address: "203.0.113.10", ports }])[0]!.rows;
/** Ports of web's public address by what the model predicts of them. */
const predictedOf = (verdict: string) => [22, 80, 443, 3128, 5432, 8080].filter((port) => predictPath(cloud, { from: "laptop", to: "203.0.113.10", protocol: "tcp", port }).verdict === verdict);

describe("a scan beside the prediction", () => {
  const [open] = predictedOf("open");
  const silent = predictedOf("timeout");

  it("names the rule that opened a port, and the group that kept one shut", () => {
    const rows = judge(found(String(open), "open"), found(silent.join(","), "filtered", silent.length));
    expect(rows[0]).toMatchObject({ ports: String(open), state: "open", predicted: "open", agrees: true, why: { reason: "security-group-allows-in", decidedBy: expect.stringContaining(String(open)) as string } });
    expect(rows[1]).toMatchObject({ ports: formatPortList(silent), count: silent.length, agrees: true, why: { reason: "security-group-denies-in" } });
    expect(rowWhy(rows[1]!, "fr").why).toMatch(/^Aucune règle de .* ne laisse ces ports s’ouvrir à 203\.0\.113\.50\.$/);
    expect(rowWhy(rows[1]!, "en").why).not.toContain("{");
  });

  it("says of each kind of difference what it means", () => {
    const difference = (row: NmapPorts) => differenceOf(judge(row)[0]!);
    expect(difference(found(String(silent[0]), "open"))).toBe("unexpected-answer");
    expect(difference(found(String(open), "filtered"))).toBe("unexpected-silence");
    expect(difference(found(String(open), "closed"))).toBe("missing-service");
    expect(differenceOf({ state: "open", predicted: "refused", agrees: false })).toBe("unexpected-service");
    expect(difference(found(String(open), "open"))).toBeUndefined();
    for (const language of ["fr", "en"] as const) expect(rowWhy(judge(found(String(open), "closed"))[0]!, language).finding).toMatch(/:/);
    // What the model says stands as what it is, beside what was seen.
    expect(rowWhy(judge(found(String(open), "closed"))[0]!, "fr").why).toMatch(/^Prévu : /);
    expect(rowWhy(judge(found(String(open), "open"))[0]!, "en").why).not.toMatch(/^Predicted/);
  });

  it("splits what nmap counts together where the model has different reasons", () => {
    const both = [Number(open), ...silent].sort((one, other) => one - other);
    const rows = judge(found(both.join(","), "filtered", both.length));
    expect(rows.map((row) => [row.count, row.agrees])).toEqual([[1, false], [silent.length, true]]);
  });

  it("takes silence of UDP for nothing", () => {
    expect(judge(found("53", "open|filtered", 1, "udp"))[0]?.agrees).toBeUndefined();
  });
});

describe("badges", () => {
  const exposure: Exposure = {
    from: "laptop", at: "2026-11-28T03:00:00Z", milliseconds: 1, command: "", method: "syn", isStale: false, left: 0,
    addresses: [
      { address: "203.0.113.10", holder: "web", element: "node/web", rows: [...judge(found("8080", "open"), found("22", "open")), { protocol: "udp", ports: "53", count: 1, state: "open", reason: "udp-response" }] },
      { address: "10.0.80.20", holder: "db", element: "node/db", rows: [found("1-1024", "filtered", 1024)] },
    ],
  };
  it("have the open ports of all addresses of a machine, by number", () => {
    expect(exposureAt(exposure, "node/web")?.open).toEqual(["22", "53/udp", "8080"]);
    expect(exposureAt(exposure, "node/db")).toEqual({ open: [], differing: 0 });
    expect(exposureAt(exposure, "node/other")).toBeUndefined();
    expect(countExposure(exposure)).toMatchObject({ ports: 3, addresses: 1 });
  });

  it("say rows in both languages", () => {
    expect(rowPorts({ ports: "22", count: 1, protocol: "tcp" }, "fr")).toBe("22/tcp");
    expect(rowPorts({ ports: "", count: 1027, protocol: "tcp" }, "fr")).toBe("1027 ports tcp");
    expect(rowPorts({ ports: "", count: 1027, protocol: "tcp" }, "en")).toBe("1027 tcp ports");
    for (const text of Object.values(portStateTexts)) expect(text.fr).not.toBe(text.en);
  });
});
