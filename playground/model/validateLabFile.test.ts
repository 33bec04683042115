import { describe, expect, it } from "vitest";
import { edit, testLabText, testNetworkText } from "./testCloud.ts";
import { validateTexts } from "./validate.ts";

const title = "title: {fr: a, en: a}";
const checks = `
checks:
  - {kind: http, id: web-open, ${title}, from: laptop, url: "http://203.0.113.10:8079", expect: {status: 200}}
  - {kind: connect, id: ssh-closed, ${title}, from: laptop, to: 203.0.113.10, port: 22, expect: timeout, control: web-open}
steps:
  - {id: one, ${title}, checks: [web-open], solve: {network: solution/network.yml}}
start_fails: [web-open]
broken:
  no-route: {${title}, fails: [web-open], network: broken/no-route/network.yml}
`;
const access = `
comparisons:
  access: {${title}, columns: {ssh: {${title}}}, rows: {ports: {${title}, course: {ssh: {fr: a, en: a}}}}}
steps:`;
type Change = readonly [string, string];

function faultsOf(changes: readonly Change[], options: { futureInstances?: string[] } = {}): string[] {
  const { faults } = validateTexts(edit(testLabText + checks, ...changes), testNetworkText, { images: ["instance"], ...options });
  for (const fault of faults) expect(fault.message, fault.code).not.toMatch(/[{}]/);
  return faults.map((fault) => `${fault.code} ${fault.path}:${fault.line ?? "?"}`);
}

it("finds nothing wrong with the fixture", () => {
  expect(faultsOf([])).toEqual([]);
});

const table: [string, Change[], string[]][] = [
  ["two checks of one id", [["id: ssh-closed", "id: web-open"], ["control: web-open", "control: web-open"]], ["lab.duplicate-check checks[1].id:15", "lab.control-is-negative checks[1].control:15"]],
  ["a control that is not there", [["control: web-open", "control: web-opn"]], ["lab.unknown-control checks[1].control:15"]],
  ["a negative check without a control", [[", control: web-open", ""]], ["lab.negative-without-control checks[1].id:15"]],
  ["a check that expects nothing", [["expect: {status: 200}", "expect: {}"]], ["lab.empty-expectation checks[0].expect:14"]],
  ["a step with an unknown check", [["checks: [web-open]", "checks: [web-close]"]], ["lab.unknown-check steps[0].checks[0]:17"]],
  ["start_fails with an unknown check", [["start_fails: [web-open]", "start_fails: [nothing]"]], ["lab.unknown-check start_fails[0]:18"]],
  ["a variant that fails an unknown check", [["  no-route: {title: {fr: a, en: a}, fails: [web-open]", "  no-route: {title: {fr: a, en: a}, fails: [nothing]"]], ["lab.unknown-check broken.no-route.fails[0]:20"]],
  ["a solution outside the folder", [["solution/network.yml", "../secret.yml"]], ["lab.path-escapes steps[0].solve.network:17"]],
  ["a round's network outside the folder", [["solve: {", "solve: {rounds: [{}, {network: ../secret.yml}], "]], ["lab.path-escapes steps[0].solve.rounds[1].network:17"]],
  ["an absolute path", [["broken/no-route/network.yml", "/etc/passwd"]], ["lab.path-escapes broken.no-route.network:20"]],
  ["a path that climbs in the middle", [["broken/no-route/network.yml", "broken/../../x"]], ["lab.path-escapes broken.no-route.network:20"]],
  ["a Windows path", [["broken/no-route/network.yml", "'C:\\x'"]], ["lab.path-escapes broken.no-route.network:20"]],
  ["a host outside the Internet", [["203.0.113.80", "198.51.100.80"]], ["lab.host-address-outside internet.hosts.whoami.address:11"]],
  ["a host with the router's address", [["203.0.113.80", "203.0.113.1"]], ["lab.host-address-reserved internet.hosts.whoami.address:11"]],
  ["two hosts with one address", [["203.0.113.80", "203.0.113.50"]], ["lab.host-address-taken internet.hosts.whoami.address:11"]],
  ["a host with a reserved name", [["whoami: {address", "localhost: {address"]], ["lab.reserved-name internet.hosts.localhost:11"]],
  ["a machine with a host's name", [["\nchecks:", "\nmachines: {laptop: {}}\nchecks:"]], ["lab.name-taken machines.laptop:13"]],
  ["an image outside the catalogue", [["services: [whoami]", "image: evil"]], ["machine.unknown-image internet.hosts.whoami.image:11"]],
  ["a private key of no pair", [["services: [whoami]", "holds_key_pair: mine"]], ["lab.unknown-key-pair internet.hosts.whoami.holds_key_pair:11"]],
  ["an unknown switch", [["\nchecks:", "\nmachines: {m: {interfaces: {eth0: {switch: lam}}}}\nswitches: [lan]\nchecks:"]], ["lab.unknown-switch machines.m.interfaces.eth0.switch:13"]],
  ["an interface that ends nowhere", [["\nchecks:", "\nmachines: {m: {interfaces: {eth0: {address: 10.0.0.1/24}}}}\nchecks:"]], ["lab.interface-loose machines.m.interfaces.eth0:13"]],
  ["an interface address without a length", [["\nchecks:", "\nswitches: [lan]\nmachines: {m: {interfaces: {eth0: {address: 10.0.0.1, switch: lan}}}}\nchecks:"]], ["lab.interface-address machines.m.interfaces.eth0.address:14"]],
  ["a site's router in an unknown switch", [["services: [whoami]", "interfaces: {eth1: {switch: lan, address: 192.168.1.1/24}}"]], ["lab.unknown-switch internet.hosts.whoami.interfaces.eth1.switch:11"]],
  ["a site's router whose own interface is taken for the Internet's", [["services: [whoami]", "interfaces: {eth0: {switch: lan}}"]], ["file.invalid-name internet.hosts.whoami.interfaces.eth0:11"]],
  ["a gateway of another network", [["\nchecks:", "\nswitches: [lan]\nmachines: {m: {interfaces: {eth0: {address: 10.0.0.5/24, switch: lan, gateway: 10.0.1.1}}}}\nchecks:"]], ["lab.interface-gateway machines.m.interfaces.eth0.gateway:14"]],
  ["a gateway without an address", [["\nchecks:", "\nswitches: [lan]\nmachines: {m: {interfaces: {eth0: {switch: lan, gateway: 10.0.1.1}}}}\nchecks:"]], ["lab.interface-gateway machines.m.interfaces.eth0.gateway:14"]],
  ["a cable to nowhere", [["\nchecks:", "\nmachines: {m: {}}\nlinks: [{from: 'm:eth0', to: 'n:eth0'}]\nchecks:"]], ["lab.cable-end links[0].to:14"]],
  ["an interface with two cables", [["\nchecks:", "\nmachines: {m: {}, n: {}}\nlinks: [{from: 'm:eth0', to: 'n:eth0'}, {from: 'm:eth0', to: 'n:eth1'}]\nchecks:"]], ["lab.interface-taken links[1].from:14"]],
  ["partial credit that never fits, or is worth as much as the check", [["expect: {status: 200}", "expect: {status: 200}, points: 2, partial: [{output: '(', points: 1, because: {fr: a, en: a}}, {output: a, points: 2, because: {fr: a, en: a}}]"]], ["lab.pattern checks[0].partial[0].output:14", "lab.partial-points checks[0].partial[1].points:14"]],
  ["a bad pattern", [["\nsteps:", `\n  - {kind: command, id: c, ${title}, from: laptop, run: x, expect: {matches: '('}}\nsteps:`]], ["lab.pattern checks[2].expect.matches:16"]],
  ["a privileged machine", [["services: [whoami]", "privileged: true"]], ["file.forbidden-privileged internet.hosts.whoami.privileged:11"]],
  ["a measure for a table that is not there", [["expect: {status: 200}}", "expect: {status: 200}, measures: [{table: acess, row: ports, column: ssh, read: '(x)'}]}"]], ["lab.unknown-table checks[0].measures[0].table:14"]],
  ["a measure for a row and a column that are not there", [["expect: {status: 200}}", "expect: {status: 200}, measures: [{table: test-lab/access, row: port, column: vpn, read: '(x)'}]}"], ["\nsteps:", access]], ["lab.unknown-row checks[0].measures[0].row:14", "lab.unknown-column checks[0].measures[0].column:14"]],
  ["a measure that reads nothing", [["expect: {status: 200}}", "expect: {status: 200}, measures: [{table: other-lab/access, row: ports, column: ssh, read: 'x'}, {table: other-lab/access, row: ports, column: ssh, read: '('}]}"]], ["lab.measure-without-group checks[0].measures[0].read:14", "lab.pattern checks[0].measures[1].read:14"]],
  ["a course value in no column", [["\nsteps:", access.replace("ssh: {fr", "rdp: {fr")]], ["lab.unknown-column comparisons.access.rows.ports.course.rdp:17"]],
  ["an unknown kind of check", [["kind: http", "kind: htp"]], ["file.not-allowed checks[0].kind:14"]],
];

describe("validateLab on lab.yml", () => {
  it.each(table)("refuses %s", (_, changes, expected) => {
    expect(faultsOf(changes)).toEqual(expected);
  });

  it("allows nodes that the student has yet to make, unless the solution is known not to make them", () => {
    expect(faultsOf([["from: laptop, url", "from: laptp, url"]])).toEqual([]);
    expect(faultsOf([["from: laptop, url", "from: later, url"]], { futureInstances: ["later"] })).toEqual([]);
    expect(faultsOf([["from: laptop, url", "from: laptp, url"]], { futureInstances: ["later"] })).toEqual(["lab.unknown-node checks[0].from:14"]);
    expect(faultsOf([["solve: {", "solve: {rounds: [{commands: [{node: laptp, run: x}]}], "]], { futureInstances: ["later"] })).toEqual(["lab.unknown-node steps[0].solve.rounds[0].commands[0].node:17"]);
    expect(faultsOf([["broken/no-route/network.yml}", "broken/no-route/network.yml, undo: [{node: laptp, run: x}]}"]], { futureInstances: ["later"] })).toEqual(["lab.unknown-node broken.no-route.undo[0].node:20"]);
  });
});
