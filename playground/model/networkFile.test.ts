import { describe, expect, it } from "vitest";
import { faultText } from "./faultTexts.ts";
import { parseLabFile } from "./labFile.ts";
import { parseNetworkFile } from "./networkFile.ts";

const summary = (text: string): string[] => parseNetworkFile(text).faults.map((fault) => `${fault.line ?? "?"}:${fault.column ?? "?"} ${fault.code} ${fault.path}`);

describe("parseNetworkFile", () => {
  it("reads an empty file as an empty network", () => {
    for (const text of ["", "# nothing yet\n", "{}"]) {
      const { network, faults } = parseNetworkFile(text);
      expect(faults).toEqual([]);
      expect(network?.vpcs).toEqual({});
    }
  });

  it("fills in defaults", () => {
    const { network } = parseNetworkFile("subnets:\n  a: {vpc: foo, cidr_block: 10.0.0.0/24}\nsecurity_groups:\n  s: {vpc: foo}\n");
    expect(network?.subnets["a"]).toMatchObject({ availability_zone: "a", map_public_ip_on_launch: false });
    expect(network?.security_groups["s"]?.egress).toEqual([{ protocol: "all", cidr_blocks: ["0.0.0.0/0"], security_groups: [] }]);
  });

  it("points at keys that are not known, at values that do not fit, at maps that lack something", () => {
    const text = ["vpcs:", "  foo:", "    cidr_block: 10.0.0.7/16", "    tagz: {}", "subnets:", "  a:", "    vpc: foo", "instances:", "  Web: {subnet: a}", "  b: {subnet: 7, role: servant, services: [sshd]}"].join("\n");
    expect(summary(text)).toEqual([
      "3:17 file.host-bits vpcs.foo.cidr_block",
      "4:5 file.unknown-key vpcs.foo.tagz",
      "6:3 file.missing subnets.a.cidr_block",
      "9:3 file.invalid-name instances.Web",
      "10:15 file.wrong-type instances.b.subnet",
      "10:24 file.not-allowed instances.b.role",
      "10:44 file.not-allowed instances.b.services[0]",
    ]);
  });

  it("suggests the key that was meant", () => {
    expect(parseNetworkFile("vpcs:\n  foo: {cidr_block: 10.0.0.0/16, tag: {}}\n").faults[0]?.hint).toMatch(/^Did you mean "tags"\?/);
    expect(parseNetworkFile("vpc: {}\n").faults[0]?.hint).toMatch(/^Did you mean "vpcs"\?/);
  });

  it.each([
    ["privileged", "file.forbidden-privileged"],
    ["volumes", "file.forbidden-mount"],
    ["mounts", "file.forbidden-mount"],
    ["network_mode", "file.forbidden-host-network"],
    ["device", "file.forbidden-device"],
    ["cap_add", "file.forbidden-capability"],
  ])("refuses %s and says why", (key, code) => {
    expect(summary(`instances:\n  a:\n    subnet: b\n    ${key}: [x]\n`)).toEqual([`4:5 ${code} instances.a.${key}`]);
  });

  it("refuses capabilities outside the short list", () => {
    expect(summary("instances:\n  a: {subnet: b, capabilities: [SYS_ADMIN]}\n")).toEqual(["2:33 file.not-allowed instances.a.capabilities[0]"]);
  });

  it("refuses devices other than that of a tunnel", () => {
    expect(summary("instances:\n  a: {subnet: b, devices: [/dev/sda]}\n")).toEqual(["2:28 file.not-allowed instances.a.devices[0]"]);
  });

  it("reports syntax faults and duplicate keys with their place", () => {
    expect(summary("vpcs:\n  foo: {cidr_block: 10.0.0.0/16}\n  foo: {cidr_block: 10.1.0.0/16}\n")[0]).toBe("3:3 file.duplicate-key ");
    expect(summary("vpcs: [\n")[0]).toMatch(/^2:\d+ file.yaml-syntax/);
    expect(summary("vpcs:\n\tfoo: {}\n")[0]).toMatch(/^2:\d+ file.yaml-syntax/);
    expect(parseNetworkFile("vpcs: [\n").network).toBeUndefined();
  });

  it("refuses what is no map, what is too long, and aliases that blow up", () => {
    expect(summary("- a\n")).toEqual(["?:? file.not-a-map "].map((text) => expect.stringContaining(text.slice(4)) as unknown as string));
    expect(summary(`# ${"x".repeat(1_000_001)}`)).toEqual(["?:? file.too-large "]);
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]", ...["b", "c", "d", "e"].map((key, index) => `${key}: &${key} [${Array(10).fill(`*${"abcd"[index] ?? "a"}`).join(",")}]`)].join("\n");
    expect(summary(bomb)[0]).toContain("file.yaml-syntax");
  });

  it("does not let a key reach an object's prototype", () => {
    parseNetworkFile('__proto__: {polluted: true}\nvpcs: {"__proto__": {polluted: true}}\n');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("says every fault in French as well", () => {
    const fault = parseNetworkFile("vpcs:\n  foo: {cidr_block: 10.0.0.7/16}\n").faults[0];
    expect(fault && faultText(fault, "fr")).toEqual({ message: "10.0.0.7/16 a des bits d’hôte à 1 ; le réseau est 10.0.0.0/16.", hint: "Écrivez 10.0.0.0/16." });
    expect(faultText({ code: "from.the-future" }, "fr").message).toBe("from.the-future");
  });
});

describe("parseLabFile", () => {
  it("lists what is missing, all at once", () => {
    const codes = parseLabFile("id: a-lab\n").faults.map((fault) => fault.path);
    expect(codes).toEqual(["title", "summary", "group", "minutes", "memory_mb"]);
  });
});
