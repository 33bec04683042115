import { describe, expect, it } from "vitest";
import type { ContainerSpec } from "../engine/containerEngine.ts";
import { labelKeys } from "../engine/labels.ts";
import { labSchema } from "../model/lab.ts";
import { networkSchema } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { containerSpecs, digestOf, fabricNode, fabricSpec, type SpecContext } from "./containerSpecs.ts";
import { testCloud, testLab, testNetwork } from "./testLab.ts";

const context: SpecContext = { scope: "abc123", folder: "/labs/my-lab", imageReference: (image) => `rempart/${image}:1`, publicKeys: new Map([["ops", "ssh-ed25519 AAAA ops"]]), privateKeys: new Map() };
const specsOf = (text = testNetwork, changed: Partial<SpecContext> = {}): Map<string, ContainerSpec> => containerSpecs(testCloud(text), { ...context, ...changed });

/** Machines whose containers would be replaced if the first text became the second. */
function replaced(before: Map<string, ContainerSpec>, after: Map<string, ContainerSpec>): string[] {
  return [...after].filter(([node, spec]) => digestOf(spec.labels) !== digestOf(before.get(node)?.labels ?? {})).map(([node]) => node);
}

const edited = (from: string, to: string): Map<string, ContainerSpec> => {
  expect(testNetwork).toContain(from);
  return specsOf(testNetwork.replace(from, to));
};

describe("containerSpecs", () => {
  it("makes one container for each machine, found by its labels", () => {
    const specs = specsOf();
    expect([...specs.keys()].sort()).toEqual(["bastion", "laptop", "server"]);
    expect(specs.get("server")).toMatchObject({
      name: "rempart-abc123-my-lab-server",
      image: "rempart/instance:1",
      labels: { [labelKeys.owner]: "rempart", [labelKeys.scope]: "abc123", [labelKeys.lab]: "my-lab", [labelKeys.part]: "node", [labelKeys.node]: "server", [labelKeys.folder]: "/labs/my-lab" },
      environment: { REMPART_SERVICES: "ssh app", REMPART_AUTHORIZED_KEYS: "ssh-ed25519 AAAA ops" },
      network: "none",
      restart: "no",
    });
  });

  it("gives no machine a capability that it did not ask for, nor the host's processes", () => {
    for (const spec of specsOf().values()) {
      expect(spec.addCapabilities).toEqual([]);
      expect(spec.hostPidNamespace).toBeUndefined();
      expect(spec.securityOptions).toBeUndefined();
      expect(spec.devices).toBeUndefined();
    }
    expect(edited("services: [ssh, app]", "services: [ssh, app], capabilities: [NET_ADMIN]").get("server")?.addCapabilities).toEqual(["NET_ADMIN"]);
  });

  it("lets a machine forward only without source and destination check", () => {
    expect(specsOf().get("server")?.sysctls?.["net.ipv4.ip_forward"]).toBe("0");
    expect(edited("services: [ssh, app]", "source_dest_check: false").get("server")?.sysctls?.["net.ipv4.ip_forward"]).toBe("1");
  });

  it("leaves forwarding to the student where the machine sets its own network, so that the check alone replaces no machine", () => {
    const own = "services: [ssh, app], capabilities: [NET_ADMIN]";
    const checked = edited("services: [ssh, app]", own).get("server");
    const unchecked = edited("services: [ssh, app]", `${own}, source_dest_check: false`).get("server");
    expect(unchecked?.sysctls?.["net.ipv4.ip_forward"]).toBe("0");
    expect(unchecked?.labels).toEqual(checked?.labels);
  });

  it("gives the device of a tunnel to the machine that asks for it", () => {
    expect(edited("services: [ssh, app]", "services: [ssh, app], capabilities: [NET_ADMIN], devices: [tun]").get("server")?.devices).toEqual(["/dev/net/tun"]);
  });

  it("gives a private key to the machine that holds it, and to no other", () => {
    const pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
    const hosts = { laptop: { address: "203.0.113.50", holds_key_pair: "ops" }, stranger: { address: "203.0.113.66" } };
    const lab = labSchema.parse({ ...testLab.lab, internet: { hosts } });
    const cloud = resolveCloud(lab, parseNetworkFile(testNetwork).network ?? networkSchema.parse({}));
    const held = (privateKeys: ReadonlyMap<string, string>): (readonly [string, string])[] =>
      [...containerSpecs(cloud, { ...context, privateKeys })].flatMap(([node, { environment }]) => {
        const key = environment?.["REMPART_PRIVATE_KEY"];
        return key === undefined ? [] : [[node, Buffer.from(key, "base64").toString()] as const];
      });
    expect(held(new Map([["ops", pem], ["other", "not this one"]]))).toEqual([["laptop", pem]]);
    expect(held(new Map([["other", "not this one"]]))).toEqual([]);
  });

  it("hands user data and files over unharmed, whatever is in them", () => {
    const script = "#!/bin/sh\necho 'a $b \"c\"' é\n";
    const spec = specsOf(testNetwork.replace("services: [ssh, app]", `user_data: ${JSON.stringify(script)}, files: [{ path: /etc/x, content: "1\\n2" }]`)).get("server");
    expect(Buffer.from(spec?.environment?.["REMPART_USER_DATA"] ?? "", "base64").toString()).toBe(script);
    expect(JSON.parse(Buffer.from(spec?.environment?.["REMPART_FILES"] ?? "", "base64").toString())).toEqual([{ path: "/etc/x", content: "1\n2", mode: "644" }]);
  });
});

describe("digests", () => {
  it("stay the same for the same network, read twice", () => {
    expect(replaced(specsOf(), specsOf())).toEqual([]);
  });

  it.each([
    ["a route", "target: igw", "target: blackhole"],
    ["a public address", "public_ip: 203.0.113.10", "public_ip: 203.0.113.99"],
    ["tags", "services: [ssh, app]", "services: [ssh, app], tags: { Name: x }"],
    ["a security group", "instances:", "security_groups: { web: { vpc: foo } }\ninstances:"],
    ["the bastion's public address taken away", "elastic_ips: { bastion-ip: { public_ip: 203.0.113.10, instance: bastion } }", "elastic_ips: { bastion-ip: { public_ip: 203.0.113.10 } }"],
  ])("do not change with %s: the machine stays", (_what, from, to) => {
    expect(replaced(specsOf(), edited(from, to))).toEqual([]);
  });

  it.each([
    ["its services", "services: [ssh, app]", "services: [ssh]"],
    ["its private address", "private_ip: 10.0.1.20", "private_ip: 10.0.1.21"],
    ["its subnet", "subnet: back, private_ip: 10.0.1.20", "subnet: front, private_ip: 10.0.0.20"],
    ["its user data", "services: [ssh, app]", "services: [ssh, app], user_data: 'echo hello'"],
    ["its source and destination check", "services: [ssh, app]", "services: [ssh, app], source_dest_check: false"],
    ["its key pair", "services: [ssh, app], key_pair: ops", "services: [ssh, app]"],
  ])("change with %s, and only that machine is replaced", (_what, from, to) => {
    expect(replaced(specsOf(), edited(from, to))).toEqual(["server"]);
  });

  it("change with the image and with the key itself", () => {
    expect(replaced(specsOf(), specsOf(testNetwork, { imageReference: (image) => `rempart/${image}:2` })).sort()).toEqual(["bastion", "laptop", "server"]);
    expect(replaced(specsOf(), specsOf(testNetwork, { publicKeys: new Map([["ops", "ssh-ed25519 BBBB ops"]]) })).sort()).toEqual(["bastion", "server"]);
  });
});

describe("fabricSpec", () => {
  it("is the only container that may enter network namespaces, and is not privileged", () => {
    const spec = fabricSpec("my-lab", context);
    expect(spec).toMatchObject({ network: "none", hostPidNamespace: true, addCapabilities: ["NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE"] });
    expect(spec.labels).toMatchObject({ [labelKeys.part]: "fabric", [labelKeys.node]: fabricNode });
    expect(JSON.stringify(spec)).not.toContain("rivileged");
  });
});
