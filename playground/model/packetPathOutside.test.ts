import { describe, expect, it } from "vitest";
import { predictPath } from "./packetPath.ts";
import { edit, testCloud, testLabText, testNetworkText } from "./testCloud.ts";
import { ask, type Change, open, openApp, openGroup } from "./testPath.ts";

describe("the Internet", () => {
  it("reaches an instance by its public address, translated one to one", () => {
    expect(ask("laptop 203.0.113.10 tcp 8080")).toBe(open);
    expect(ask("laptop 203.0.113.10 tcp 22")).toBe("timeout forward security-group-denies-in");
    const { hops } = predictPath(testCloud(), { from: "laptop", to: "203.0.113.10", protocol: "tcp", port: 8080 });
    expect(hops.find((hop) => hop.reason === "destination-translated")).toMatchObject({ at: "foo-igw", outcome: "translate", destination: "10.0.0.10", source: "203.0.113.50" });
    expect(hops.find((hop) => hop.reason === "source-translated")).toMatchObject({ direction: "return", source: "203.0.113.10", destination: "203.0.113.50" });
  });

  it("does not reach private addresses, unused ones, or a VPC without a gateway", () => {
    expect(ask("laptop app tcp 8080")).toBe("timeout forward not-on-internet");
    expect(ask("laptop 203.0.113.99 tcp 80")).toBe("timeout forward internet-unused");
    expect(ask("laptop 203.0.113.10 tcp 8080", [["  foo-igw: {vpc: foo}", "  bar-igw: {vpc: bar}"], ["target: foo-igw", "target: blackhole"]])).toBe("timeout forward no-internet-gateway");
  });

  it("loses the answer when the subnet has no route to the gateway", () => {
    expect(ask("laptop 203.0.113.10 tcp 8080", [["destination: 0.0.0.0/0, target: foo-igw", "destination: 203.0.113.80/32, target: foo-igw"]])).toBe("timeout return no-route");
    expect(ask("laptop 203.0.113.10 tcp 8080", [["instance: web}", "instance: app}"], openGroup, openApp])).toBe("timeout return nat-without-state");
  });

  it("lets an instance out only with a public address and a route", () => {
    expect(ask("web whoami tcp 80")).toBe(open);
    expect(ask("web laptop tcp 80")).toBe("refused return answer-received");
    expect(ask("web whoami tcp 80", [[", instance: web", ""]])).toBe("timeout forward no-public-address");
    expect(ask("db whoami tcp 80")).toBe("timeout forward no-route");
    expect(ask("web 8.8.8.8 udp 53")).toBe("timeout forward not-on-internet");
  });

  it("brings an instance back to public addresses of its own VPC, seen with its public address", () => {
    expect(ask("web 203.0.113.10 tcp 8080")).toBe(open);
    expect(ask("app 203.0.113.10 tcp 8080")).toBe(open);
    // A rule that names a group does not match a public address.
    expect(ask("app 203.0.113.10 tcp 8080", [["{protocol: tcp, port: 8080, cidr_blocks: [0.0.0.0/0]}", "{protocol: tcp, port: 8080, security_groups: [app-sg]}"]])).toBe("timeout forward security-group-denies-in");
    expect(ask("app web tcp 8080", [["{protocol: tcp, port: 8080, cidr_blocks: [0.0.0.0/0]}", "{protocol: tcp, port: 8080, security_groups: [app-sg]}"]])).toBe(open);
  });

  it("connects its hosts with each other", () => {
    expect(ask("laptop whoami tcp 80")).toBe(open);
    expect(ask("laptop whoami tcp 81")).toBe("refused return answer-received");
    expect(ask("laptop laptop tcp 80")).toBe("refused forward not-listening");
  });
});

describe("a carrier", () => {
  it("is passed by all that its customer sends and receives, and by nothing else", () => {
    const labText = edit(testLabText, ["    whoami:", "    carrier: {address: 203.0.113.40, forwards: true}\n    customer: {address: 203.0.113.41, carrier: carrier}\n    whoami:"]);
    const passes = (from: string, to: string): string[] => predictPath(testCloud(testNetworkText, labText), { from, to, protocol: "icmp" }).hops.filter((hop) => hop.reason === "carried").map((hop) => hop.direction);
    expect(passes("customer", "203.0.113.80")).toEqual(["forward", "return"]);
    expect(passes("whoami", "203.0.113.41")).toEqual(["forward", "return"]);
    expect(passes("customer", "203.0.113.40")).toEqual([]);
    expect(passes("whoami", "203.0.113.40")).toEqual([]);
  });
});

describe("a NAT gateway", () => {
  it("sends in its own name and gives the answer back", () => {
    expect(ask("app whoami tcp 80")).toBe(open);
    const { hops } = predictPath(testCloud(), { from: "app", to: "whoami", protocol: "tcp", port: 80 });
    const translated = hops.filter((hop) => hop.outcome === "translate").map((hop) => `${hop.source} ${hop.destination}`);
    expect(translated).toEqual(["10.0.0.5 203.0.113.80", "203.0.113.30 203.0.113.80", "203.0.113.80 10.0.0.5", "203.0.113.80 10.0.80.20"]);
  });

  it("lets nothing in", () => {
    expect(ask("laptop 203.0.113.30 tcp 80")).toBe("timeout forward nat-inbound");
    expect(ask("web 10.0.0.5 icmp")).toBe("timeout forward nat-inbound");
    expect(ask("app 203.0.113.30 tcp 80")).toBe("timeout forward nat-inbound");
  });

  it("needs the way out of its own subnet, and does not send to itself", () => {
    expect(ask("app whoami tcp 80", [["subnet: foo-public, elastic_ip: nat-ip, private_ip: 10.0.0.5", "subnet: foo-private, elastic_ip: nat-ip"]])).toBe("timeout forward nat-loop");
    expect(ask("app whoami tcp 80", [["destination: 0.0.0.0/0, target: foo-igw", "destination: 203.0.113.50/32, target: foo-igw"]])).toBe("timeout forward no-route");
  });

  it("cannot serve its own subnet: the table that leads there leads it back to itself", () => {
    expect(ask("web whoami tcp 80", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 203.0.113.80/32, target: foo-nat}"]])).toBe("timeout forward nat-loop");
  });

  it("does not help a subnet whose table does not name it", () => {
    const third: Change[] = [["  bar-private:", "  foo-third: {vpc: foo, cidr_block: 10.0.96.0/21}\n  bar-private:"], ["app: {subnet: foo-private, private_ip: 10.0.80.20", "app: {subnet: foo-third, private_ip: 10.0.96.20"]];
    expect(ask("app whoami tcp 80", third)).toBe("timeout forward no-route");
  });

  it("translates towards local addresses too, when a route says so", () => {
    const viaNat: Change = ["destination: 0.0.0.0/0, target: foo-nat", "destination: 10.0.0.0/24, target: foo-nat"];
    expect(ask("app web tcp 8080", [viaNat])).toBe(open);
    expect(ask("app web tcp 8080", [viaNat, ["{protocol: tcp, port: 8080, cidr_blocks: [0.0.0.0/0]}", "{protocol: tcp, port: 8080, security_groups: [app-sg]}"]])).toBe("timeout forward security-group-denies-in");
  });
});

describe("a peering connection", () => {
  it("needs a route on both sides", () => {
    expect(ask("app db tcp 80")).toBe(open);
    expect(ask("app db tcp 80", [["      - {destination: 10.0.0.0/16, target: foo-bar}", "      - {destination: 10.0.0.0/21, target: foo-bar}"]])).toBe("timeout return no-route");
    expect(ask("db app icmp")).toBe(open);
    expect(ask("web db tcp 80")).toBe("timeout forward not-on-internet");
  });

  it("is not transitive and gives no way to the other side's gateways", () => {
    expect(ask("db whoami tcp 80", [["{destination: 10.0.0.0/16, target: foo-bar}", "{destination: 0.0.0.0/0, target: foo-bar}"]])).toBe("timeout forward peering-not-transitive");
    expect(ask("db 10.0.0.5 tcp 80")).toBe("timeout forward nat-inbound");
  });

  it("shows the real source: only CIDR rules match", () => {
    expect(ask("db app tcp 8080")).toBe("timeout forward security-group-denies-in");
  });
});
