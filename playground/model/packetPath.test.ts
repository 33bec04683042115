import { describe, expect, it } from "vitest";
import { RempartError } from "./errors.ts";
import { parseLabFile } from "./labFile.ts";
import { networkSchema } from "./network.ts";
import { predictPath } from "./packetPath.ts";
import { resolveCloud } from "./resolve.ts";
import { edit, testCloud, testLabText, testNetworkText } from "./testCloud.ts";

type Change = readonly [string, string];

/** Verdict and the reason of the last hop, for a question in short form: `web app tcp 8080`. */
function ask(question: string, changes: readonly Change[] = [], labText = testLabText): string {
  const [from = "", to = "", protocol = "tcp", port] = question.split(" ");
  const { verdict, hops } = predictPath(testCloud(edit(testNetworkText, ...changes), labText), { from, to, protocol: protocol as "tcp", ...(port === undefined ? {} : { port: Number(port) }) });
  const last = hops.at(-1);
  return `${verdict} ${last?.direction ?? ""} ${last?.reason ?? ""}`;
}

const open = "open return answer-received";
const noPublicGroupChange: Change = ["[web-sg], services: [app]", "[web-sg, open-sg], services: [app]"];
const openGroup: Change = ["  bar-sg:\n", "  open-sg:\n    vpc: foo\n    ingress:\n      - {protocol: all, cidr_blocks: [0.0.0.0/0]}\n  bar-sg:\n"];
const openApp: Change = ["[app-sg], services", "[app-sg, open-sg], services"];
const acl = (subnet: string, ingress: string, egress: string): Change => ["instances:\n", `network_acls:\n  edge:\n    vpc: foo\n    subnets: [${subnet}]\n    ingress: [${ingress}]\n    egress: [${egress}]\ninstances:\n`];
const allowAll = "{rule_number: 100, action: allow, protocol: all}";

describe("inside a VPC", () => {
  it("lets what a rule names by group pass, and nothing else", () => {
    expect(ask("web app tcp 8080")).toBe(open);
    expect(ask("web app tcp 22")).toBe("timeout forward security-group-denies-in");
    expect(ask("app web tcp 8080")).toBe(open);
  });

  it("tells refused from silence", () => {
    expect(ask("web app tcp 81", [openGroup, openApp])).toBe("refused return answer-received");
    expect(ask("web app udp 81")).toBe("refused return answer-received");
    expect(ask("web app icmp")).toBe(open);
  });

  it("answers nothing from the router and from addresses that nobody has", () => {
    expect(ask("web 10.0.0.1 icmp")).toBe("timeout forward address-reserved");
    expect(ask("web 10.0.0.2 udp 53")).toBe("timeout forward address-reserved");
    expect(ask("web 10.0.0.77 tcp 80")).toBe("timeout forward address-unused");
    expect(ask("web 10.0.200.7 tcp 80")).toBe("timeout forward address-unused");
  });

  it("keeps what a node sends to itself inside, without security groups", () => {
    expect(ask("app app tcp 8080")).toBe("open forward listening");
    expect(ask("app 10.0.80.20 tcp 81")).toBe("refused forward not-listening");
    expect(ask("app 127.0.0.1 icmp")).toBe("open forward echo");
  });

  it("obeys egress rules", () => {
    expect(ask("web app tcp 8080", [["  app-sg:", "    egress: [{protocol: tcp, port: 443, cidr_blocks: [0.0.0.0/0]}]\n  app-sg:"]])).toBe("timeout forward security-group-denies-out");
    expect(ask("web app tcp 8080", [["  app-sg:", "    egress: [{protocol: tcp, port: 8080, security_groups: [app-sg]}]\n  app-sg:"]])).toBe(open);
  });

  it("prefers a route more specific than local", () => {
    expect(ask("web app tcp 8080", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 10.0.80.0/24, target: blackhole}"]])).toBe("timeout forward route-blackhole");
    expect(ask("app web tcp 8080", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 10.0.80.0/24, target: blackhole}"]])).toBe("timeout return route-blackhole");
  });

  it("drops what is routed to an instance that checks its destination, and predicts nothing beyond one that does not", () => {
    const viaWeb: Change = ["destination: 0.0.0.0/0, target: foo-nat", "destination: 0.0.0.0/0, target: web"];
    expect(ask("app whoami tcp 80", [viaWeb])).toBe("timeout forward destination-check");
    expect(ask("app whoami tcp 80", [viaWeb, ["[web-sg], services", "[web-sg, open-sg], source_dest_check: false, services"], openGroup])).toBe("unknown forward forwarded-by-instance");
    expect(ask("app web tcp 8080", [["destination: 0.0.0.0/0, target: foo-nat", "destination: 10.0.0.10/32, target: web"]])).toBe(open);
  });
});

describe("a machine that may have a tunnel", () => {
  const tunnel: Change = ["[app-sg], services", "[app-sg], capabilities: [NET_ADMIN], devices: [tun], services"];
  it("decides by itself what it sends and answers: no prediction", () => {
    expect(ask("app whoami tcp 80", [tunnel])).toBe("unknown forward own-tunnel");
    expect(ask("web app tcp 8080", [tunnel])).toBe("unknown forward own-tunnel");
  });
  it("is not reached by what is dropped on the way to it", () => {
    expect(ask("web app tcp 5000", [tunnel])).toBe("timeout forward security-group-denies-in");
  });
});

describe("the default security group", () => {
  const members: Change[] = [["[web-sg], services", "[], services"], ["[app-sg], services", "[], services"]];
  it("lets its members talk, and nobody else in", () => {
    expect(ask("web app tcp 8080", members)).toBe(open);
    expect(ask("web app tcp 8080", [members[1] ?? ["", ""]])).toBe("timeout forward security-group-denies-in");
    expect(ask("laptop 203.0.113.10 tcp 8080", members)).toBe("timeout forward security-group-denies-in");
  });
});

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

describe("a network ACL", () => {
  it("is asked at the border of a subnet only, in both directions", () => {
    expect(ask("web app tcp 8080", [acl("foo-private", "", allowAll)])).toBe("timeout forward acl-denies-in");
    expect(ask("web app tcp 8080", [acl("foo-public", allowAll, "")])).toBe("timeout forward acl-denies-out");
    const same: Change[] = [acl("foo-public", "", ""), ["app: {subnet: foo-private, private_ip: 10.0.80.20", "app: {subnet: foo-public, private_ip: 10.0.0.20"]];
    expect(ask("web app tcp 8080", same)).toBe(open);
  });

  it("is stateless: the answer to an ephemeral port is judged as well", () => {
    const port = "{rule_number: 100, action: allow, protocol: tcp, port: 8080}";
    expect(ask("laptop 203.0.113.10 tcp 8080", [acl("foo-public", port, port)])).toBe("timeout return acl-denies-out");
    expect(ask("laptop 203.0.113.10 tcp 8080", [acl("foo-public", port, "{rule_number: 100, action: allow, protocol: tcp, from_port: 1024, to_port: 65535}")])).toBe(open);
    expect(ask("laptop 203.0.113.10 tcp 8080", [acl("foo-public", port, "{rule_number: 100, action: allow, protocol: tcp, from_port: 49152, to_port: 65535}")])).toBe("unknown return acl-depends-on-port");
  });

  it("takes the first match by number, whatever the order in the file", () => {
    const deny = "{rule_number: 50, action: deny, protocol: tcp, cidr_block: 203.0.113.50/32}";
    expect(ask("laptop 203.0.113.10 tcp 8080", [acl("foo-public", `${allowAll}, ${deny}`, allowAll)])).toBe("timeout forward acl-denies-in");
    expect(ask("laptop 203.0.113.10 tcp 8080", [acl("foo-public", `${allowAll}, ${deny.replace("50,", "150,")}`, allowAll)])).toBe(open);
  });

  it("judges the ICMP error that says a UDP port is closed", () => {
    expect(ask("web app udp 81", [acl("foo-private", allowAll, "{rule_number: 1, action: allow, protocol: udp}")])).toBe("timeout return acl-denies-out");
    expect(ask("web app udp 81", [acl("foo-private", allowAll, "{rule_number: 1, action: allow, protocol: icmp}")])).toBe("refused return answer-received");
  });

  it("is asked twice by what a NAT gateway sends on", () => {
    const noHttp = (direction: "in" | "out"): Change => acl("foo-public", direction === "in" ? `{rule_number: 1, action: deny, protocol: tcp, port: 80}, ${allowAll}` : allowAll, direction === "out" ? `{rule_number: 1, action: deny, protocol: tcp, port: 80}, ${allowAll}` : allowAll);
    expect(ask("app whoami tcp 80", [noHttp("in")])).toBe("timeout forward acl-denies-in");
    expect(ask("app whoami tcp 80", [noHttp("out")])).toBe("timeout forward acl-denies-out");
    expect(ask("app whoami tcp 81", [noHttp("in")])).toBe("refused return answer-received");
  });
});

describe("a service that the student configures", () => {
  it("may or may not listen on its ports, and listens on no other", () => {
    const lab = testLabText.replace("services: [whoami]", "services: [nginx]");
    expect(ask("laptop whoami tcp 80", [], lab)).toBe("unknown return answer-received");
    expect(ask("laptop whoami tcp 81", [], lab)).toBe("refused return answer-received");
  });
});

describe("what is asked", () => {
  it("is refused with a code and a suggestion when a name is not there", () => {
    const code = (question: string): string => {
      try {
        return ask(question);
      } catch (error) {
        return error instanceof RempartError ? `${error.code} ${error.next ?? ""}` : String(error);
      }
    };
    expect(code("labtop web tcp 80")).toMatch(/^input\.unknown-node Did you mean "laptop"\?/);
    expect(code("laptop wbe tcp 80")).toMatch(/^input\.unknown-destination Did you mean "web"\?/);
  });

  it("says of a machine whose address is given by hand that it does not know it, and predicts nothing for an address", () => {
    const machines = parseLabFile(`{ id: by-hand, title: { fr: a, en: a }, summary: { fr: a, en: a }, group: physical, minutes: 1, memory_mb: 1,
      switches: [lan], machines: { a: { interfaces: { eth0: { switch: lan } } }, b: { interfaces: { eth0: { switch: lan } } } } }`).lab;
    if (!machines) throw new Error("the lab of this test is no lab");
    const cloud = resolveCloud(machines, networkSchema.parse({}));
    expect(() => predictPath(cloud, { from: "a", to: "b", protocol: "icmp" })).toThrow(expect.objectContaining({ code: "input.machine-address-unknown" }));
    expect(predictPath(cloud, { from: "a", to: "192.168.10.12", protocol: "icmp" }).verdict).toBe("unknown");
    expect(() => predictPath(cloud, { from: "a", to: "z", protocol: "icmp" })).toThrow(expect.objectContaining({ code: "input.unknown-destination" }));
  });

  it("says what decided in the student's words", () => {
    const { hops } = predictPath(testCloud(), { from: "web", to: "app", protocol: "tcp", port: 8080 });
    expect(hops.filter((hop) => hop.decidedBy !== undefined).map((hop) => `${hop.kind} ${hop.at}: ${hop.decidedBy ?? ""}`)).toEqual([
      "security-group web-sg: all to 0.0.0.0/0",
      "route-table public: 10.0.0.0/16 -> local",
      "security-group app-sg: tcp 8080 from web-sg",
      "route-table private: 10.0.0.0/16 -> local",
    ]);
  });

  it("is not predicted where machines have addresses of their own, but for neighbours", () => {
    const lab = `${testLabText}
machines:
  a: {interfaces: {eth0: {switch: lan, address: 192.168.10.1/24}}}
  b: {interfaces: {eth0: {switch: lan, address: 192.168.10.2/24}}, services: [app]}
  c: {interfaces: {eth0: {switch: lan, address: 192.168.20.2/24}}}
  d: {interfaces: {eth0: {address: 10.50.0.1/30}}}
  e: {interfaces: {eth0: {address: 10.50.0.2/30}}}
switches: [lan]
links: [{from: "d:eth0", to: "e:eth0"}]
`;
    expect(ask("a b tcp 8080", [], lab)).toBe("open forward listening");
    expect(ask("a b tcp 81", [], lab)).toBe("refused forward not-listening");
    expect(ask("a c icmp", [], lab)).toBe("unknown forward beyond-model");
    expect(ask("d e icmp", [], lab)).toBe("open forward echo");
    expect(ask("a e icmp", [], lab)).toBe("unknown forward beyond-model");
  });

  it("opens one more group without a change elsewhere", () => {
    expect(ask("laptop 203.0.113.10 tcp 22", [openGroup, noPublicGroupChange])).toBe("refused return answer-received");
  });
});
