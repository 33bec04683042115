import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cloud } from "../model/cloud.ts";
import { randomNetwork } from "../model/randomNetwork.ts";
import { resolveCloud } from "../model/resolve.ts";
import { carryOut, inOrder } from "./changeInterpreter.ts";
import { compileFabric } from "./compile.ts";
import { diffPrograms, emptyProgram, isEmpty } from "./diff.ts";
import type { FabricProgram } from "./fabricProgram.ts";
import { changeScript } from "./script.ts";
import { labCloud } from "./testPrograms.ts";

const solution07 = (): Cloud => labCloud("07-route-tables-gateways", "solution/network.yml");
const pidsOf = (cloud: Cloud): Map<string, number> => new Map(cloud.nodes.map((node, index) => [node.name, 1001 + index]));
const nodeNames = (program: FabricProgram): string[] => program.nodes.map((node) => node.node);

/** The cloud with the target of one route changed. */
function withRoute(cloud: Cloud, table: string, change: (routes: Cloud["routeTables"][number]["routes"]) => Cloud["routeTables"][number]["routes"]): Cloud {
  return { ...cloud, routeTables: cloud.routeTables.map((entry) => (entry.name === table ? { ...entry, routes: change(entry.routes) } : entry)) };
}

describe("diffPrograms and changeScript", () => {
  it("have nothing to do when nothing changed", () => {
    const program = compileFabric(solution07());
    const change = diffPrograms(program, program);
    expect(isEmpty(change)).toBe(true);
    expect(changeScript(change, pidsOf(solution07()))).toBe("");
  });

  it("make one route replace of one changed route", () => {
    const before = solution07();
    const after = withRoute(before, "foo-private", (routes) => routes.map((route) => (route.target.kind === "nat-gateway" ? { ...route, target: { kind: "blackhole" } } : route)));
    const script = changeScript(diffPrograms(compileFabric(before), compileFabric(after)), pidsOf(before));
    const [command, ...rest] = script.split("\n");
    expect(command).toMatch(/^ip -n vpc-foo -batch - <<'REMPART_END'/);
    expect(rest).toEqual(["route replace blackhole default table 102", "REMPART_END"]);
  });

  it("make one route del of one route taken away, and put the silent drop in place of a default route", () => {
    const before = solution07();
    const without = withRoute(before, "foo-private", (routes) => routes.filter((route) => route.target.kind !== "peering-connection"));
    expect(changeScript(diffPrograms(compileFabric(before), compileFabric(without)), pidsOf(before)).split("\n")[1]).toMatch(/^route del 10\.1\.0\.0\/16 via \S+ dev p\w{10} onlink table 102$/);
    const closed = withRoute(before, "foo-public", (routes) => routes.filter((route) => route.target.kind === "local"));
    expect(changeScript(diffPrograms(compileFabric(before), compileFabric(closed)), pidsOf(before)).split("\n").slice(1, -1)).toEqual(["route replace blackhole default table 101"]);
  });

  it("replace one ruleset, and nothing else, when a security group's rule changes", () => {
    const before = solution07();
    const after: Cloud = { ...before, securityGroups: before.securityGroups.map((group) => (group.key === "foo/web" ? { ...group, ingress: [] } : group)) };
    const change = diffPrograms(compileFabric(before), compileFabric(after));
    expect(change.namespaces.map((entry) => entry.name)).toEqual(["vpc-foo"]);
    expect(change).toMatchObject({ addedLinks: [], removedLinks: [], addedNamespaces: [], removedNamespaces: [], nodes: [] });
    const lines = changeScript(change, pidsOf(before)).split("\n");
    expect(lines[0]).toMatch(/^ip netns exec vpc-foo nft -f - <<'REMPART_END'/);
    expect(lines.filter((line) => line === "REMPART_END")).toHaveLength(1);
  });

  it("wire a machine that was lost, and no other, with the routes that went with its cable", () => {
    const program = compileFabric(solution07());
    const change = diffPrograms(program, program, new Set(["proxy"]));
    expect(change.addedLinks.map((link) => link.id)).toEqual(["proxy:eth0"]);
    expect(change.removedLinks.map((link) => link.id)).toEqual(["proxy:eth0"]);
    expect(change.nodes.map((node) => node.node)).toEqual(["proxy"]);
    expect(change.namespaces).toHaveLength(1);
    expect(change.namespaces[0]).toMatchObject({ name: "vpc-foo", removedRoutes: [], setRoutes: [{ destination: "10.0.0.45/32" }], ruleset: undefined });
  });

  it("leave out the cable of a machine that does not run, and make it once the machine does", () => {
    const cloud = solution07();
    const program = compileFabric(cloud);
    const pids = pidsOf(cloud);
    pids.delete("proxy");
    expect(changeScript(diffPrograms(emptyProgram, program), pids)).not.toContain("10.0.0.45/21");
    pids.set("proxy", 4242);
    const again = changeScript(diffPrograms(program, program, new Set(["proxy"])), pids);
    expect(again).toContain("peer name eth0 netns 4242");
    expect(again).toContain("nsenter -t 4242 -n ip -batch -");
  });

  it("take a removed VPC down to the last namespace, and its neighbour's end of the peering", () => {
    const before = solution07();
    const inBar = (node: Cloud["nodes"][number]): boolean => node.interfaces.some((entry) => entry.attachment.kind === "subnet" && entry.attachment.vpc === "bar");
    const after: Cloud = withRoute(
      {
        ...before,
        vpcs: before.vpcs.filter((vpc) => vpc.name !== "bar"),
        subnets: before.subnets.filter((subnet) => subnet.vpc !== "bar"),
        routeTables: before.routeTables.filter((table) => table.vpc !== "bar"),
        peeringConnections: [],
        nodes: before.nodes.filter((node) => !inBar(node)),
      },
      "foo-private",
      (routes) => routes.filter((route) => route.target.kind !== "peering-connection"),
    );
    const change = diffPrograms(compileFabric(before), compileFabric(after));
    expect(change.removedNamespaces).toEqual(["vpc-bar"]);
    expect(change.removedLinks.map((link) => link.id).sort()).toEqual(["bar-host:eth0", "pcx-foo-bar"]);
    const script = changeScript(change, pidsOf(after));
    expect(script).toContain("ip netns del vpc-bar");
    // The route to the peer went with its device: deleting it would fail and stop the script.
    expect(script).not.toContain("route del 10.1.0.0/16");
    expect(script.indexOf("link del")).toBeLessThan(script.indexOf("ip netns del"));
  });

  it("take a changed cable away before it is made again", () => {
    const before = compileFabric(solution07());
    const moved = structuredClone(before) as { -readonly [Key in keyof FabricProgram]: FabricProgram[Key] };
    moved.links = before.links.map((link) => (link.id === "igw-foo" ? { ...link, a: { ...link.a, addresses: ["169.254.128.21/30"] } } : link));
    const script = changeScript(diffPrograms(before, moved), pidsOf(solution07()));
    expect(script.indexOf("link del")).toBeGreaterThanOrEqual(0);
    expect(script.indexOf("link del")).toBeLessThan(script.indexOf("link add"));
    // Every default route and every public address went with it.
    expect(script).toMatch(/route replace default via 169\.254\.128\.1 dev igw onlink table 101/);
    expect(script.match(/route replace 203\.0\.113\./g)).toHaveLength(3);
  });

  it("never send a line that could end the shell's here-document early", () => {
    const cloud = solution07();
    const program = compileFabric(cloud);
    const lines = changeScript(diffPrograms(emptyProgram, program), pidsOf(cloud)).split("\n");
    expect(lines.filter((line) => line.includes("<<'REMPART_END'")).length).toBe(lines.filter((line) => line === "REMPART_END").length);
  });
});

describe("a difference, carried out", () => {
  /** Two networks in one lab: what they name alike is the same resource. */
  const programs = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 })).map(([first, second]) => {
    const { lab, network } = randomNetwork(first);
    return { before: compileFabric(resolveCloud(lab, network)), after: compileFabric(resolveCloud(lab, randomNetwork(second).network)) };
  });

  it("makes the one program of the other, whatever the two are", () => {
    fc.assert(
      fc.property(programs, ({ before, after }) => {
        const result = carryOut(before, diffPrograms(before, after));
        expect(inOrder(result, nodeNames(after))).toEqual(inOrder(after, nodeNames(after)));
      }),
      { numRuns: 80 },
    );
  }, 30_000);

  it("makes the whole program of nothing, and nothing of the whole program", () => {
    fc.assert(
      fc.property(programs, ({ after }) => {
        expect(inOrder(carryOut(emptyProgram, diffPrograms(emptyProgram, after)), nodeNames(after))).toEqual(inOrder(after, nodeNames(after)));
        expect(inOrder(carryOut(after, diffPrograms(after, emptyProgram)), [])).toEqual(emptyProgram);
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it("is empty between a program and itself", () => {
    fc.assert(fc.property(programs, ({ before }) => isEmpty(diffPrograms(before, before)) && changeScript(diffPrograms(before, before), new Map()) === ""), { numRuns: 25 });
  }, 30_000);

  it("brings back a machine whose cables went with its process, touching no other cable", () => {
    fc.assert(
      fc.property(programs, fc.nat(), ({ after }, pick) => {
        const node = after.nodes[pick % after.nodes.length]?.node ?? "";
        const ofNode = after.links.filter((link) => [link.a, link.b].some((end) => end.kind === "node" && end.node === node));
        const none = { addedNamespaces: [], removedNamespaces: [], addedLinks: [], namespaces: [], nodes: [] };
        const damaged = carryOut(after, { ...none, removedLinks: ofNode });
        const change = diffPrograms(after, after, new Set([node]));
        expect(change.addedLinks).toEqual(ofNode);
        expect(inOrder(carryOut(damaged, change), nodeNames(after))).toEqual(inOrder(after, nodeNames(after)));
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
