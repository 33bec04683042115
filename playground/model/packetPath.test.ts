import { describe, expect, it } from "vitest";
import { RempartError } from "./errors.ts";
import { parseLabFile } from "./labFile.ts";
import { networkSchema } from "./network.ts";
import { predictPath } from "./packetPath.ts";
import { resolveCloud } from "./resolve.ts";
import { testCloud, testLabText } from "./testCloud.ts";
import { acl, allowAll, ask, type Change, noPublicGroupChange, open, openApp, openGroup } from "./testPath.ts";

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
