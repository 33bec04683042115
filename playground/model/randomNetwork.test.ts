import { describe, expect, it } from "vitest";
import { buildTopology } from "./buildTopology.ts";
import type { Cloud } from "./cloud.ts";
import { formatAddress } from "./ip.ts";
import { predictPath } from "./packetPath.ts";
import { randomNetwork } from "./randomNetwork.ts";
import { reasonText } from "./reasonText.ts";
import { resolveCloud } from "./resolve.ts";
import { validateLab } from "./validate.ts";

const seeds = Array.from({ length: 150 }, (_, seed) => seed);

describe("random networks", () => {
  it("are the same for the same seed, and others for another", () => {
    expect(randomNetwork(7)).toEqual(randomNetwork(7));
    expect(randomNetwork(7).network).not.toEqual(randomNetwork(8).network);
  });

  it("are valid, resolve, and are predicted without a throw, with every kind of outcome among them", () => {
    const verdicts = new Map<string, number>();
    const reasons = new Set<string>();
    const problems: string[] = [];
    for (const seed of seeds) {
      const { lab, network } = randomNetwork(seed);
      expect(validateLab(lab, network, { images: ["instance"] }), `seed ${seed}`).toEqual([]);
      const cloud = resolveCloud(lab, network);
      const topology = buildTopology(cloud);
      const elements = new Set([...topology.boxes, ...topology.nodes, ...topology.edges].map((element) => element.id));
      const targets = cloud.nodes.flatMap((node) => [node.name, ...(node.interfaces[0]?.publicAddress ? [`public of ${node.name}`] : [])]);
      // Nobody is in a VPC's resolver who could ask.
      for (const from of cloud.nodes.filter((node) => node.kind !== "resolver")) {
        for (const target of targets) {
          const to = target.startsWith("public of ") ? String(publicAddressOf(cloud, target.slice(10))) : target;
          for (const probe of [{ protocol: "tcp", port: 8080 }, { protocol: "tcp", port: 80 }, { protocol: "udp", port: 9 }, { protocol: "udp", port: 53 }, { protocol: "icmp" }] as const) {
            const { verdict, hops } = predictPath(cloud, { from: from.name, to, ...probe });
            verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
            for (const hop of hops) {
              reasons.add(hop.reason);
              if (/[{}]/.test(reasonText(hop, "fr") + reasonText(hop, "en"))) problems.push(`seed ${seed}: a value is missing in ${hop.reason}`);
              for (const id of hop.elements) if (!elements.has(id)) problems.push(`seed ${seed}: ${hop.reason} lights up ${id}, which is not there`);
            }
            const dropped = hops.some((hop) => hop.outcome === "drop");
            if (dropped !== (verdict === "timeout")) problems.push(`seed ${seed}: ${from.name} to ${to} is ${verdict}, dropped: ${dropped}`);
          }
        }
      }
    }
    expect(problems).toEqual([]);
    expect([...verdicts.keys()].sort()).toEqual(["open", "refused", "timeout", "unknown"]);
    expect(reasons.size).toBeGreaterThan(30);
    // An unknown verdict proves nothing, so the generator must draw few of them.
    expect((verdicts.get("unknown") ?? 0) / [...verdicts.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(0.03);
    expect(verdicts.get("open") ?? 0).toBeGreaterThan(1000);
  }, 30_000);
});

function publicAddressOf(cloud: Cloud, name: string): string | undefined {
  const address = cloud.nodes.find((node) => node.name === name)?.interfaces[0]?.publicAddress;
  return address && formatAddress(address);
}
