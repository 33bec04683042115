import { compileFabric } from "../fabric/compile.ts";
import { observationText } from "../fabric/fakeObservation.ts";
import type { FabricProgram } from "../fabric/fabricProgram.ts";
import { labSchema } from "../model/lab.ts";
import type { Cloud } from "../model/cloud.ts";
import { networkSchema } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import type { LoadedLab } from "./labRuntime.ts";

/** For tests: a small lab with a laptop on the Internet, a bastion with a public address and a server behind it. */
export const testNetwork = `vpcs: { foo: { cidr_block: 10.0.0.0/16 } }
internet_gateways: { igw: { vpc: foo } }
subnets:
  front: { vpc: foo, cidr_block: 10.0.0.0/24 }
  back: { vpc: foo, cidr_block: 10.0.1.0/24 }
route_tables: { front: { vpc: foo, subnets: [front], routes: [{ destination: 0.0.0.0/0, target: igw }] } }
elastic_ips: { bastion-ip: { public_ip: 203.0.113.10, instance: bastion } }
key_pairs: { ops: {} }
instances:
  bastion: { subnet: front, private_ip: 10.0.0.10, services: [ssh], key_pair: ops, role: bastion }
  server: { subnet: back, private_ip: 10.0.1.20, services: [ssh, app], key_pair: ops }
outputs: { address: "\${instances.bastion.public_ip}" }
`;

export const testLab: LoadedLab = {
  lab: labSchema.parse({
    id: "my-lab",
    title: { fr: "Essai", en: "Test" },
    summary: { fr: "Essai", en: "Test" },
    group: "access",
    minutes: 1,
    memory_mb: 1,
    internet: { hosts: { laptop: { address: "203.0.113.50", role: "laptop" } } },
  }),
  folder: "/labs/my-lab",
  ours: true,
  startNetwork: testNetwork,
  guides: { fr: "# Essai", en: "# Test" },
};

/** The cloud of a text of network.yml in the test lab. */
export function testCloud(text = testNetwork): Cloud {
  return resolveCloud(testLab.lab, parseNetworkFile(text).network ?? networkSchema.parse({}));
}

/**
 * For tests: the shell of a wiring container on the fake engine. Every script succeeds, the program's file is kept, and what runs is
 * `running()`, whatever was wired. `onScript` hears each script, and has it fail by returning true.
 */
export function fakeShell(onScript: (script: string) => boolean | void = () => undefined, running = (): FabricProgram => compileFabric(testCloud())): (container: unknown, command: readonly string[], stdin: string) => string {
  let file = "";
  return (_container, _command, stdin) => {
    const marker = /rempart-done-\d+/.exec(stdin)?.[0];
    if (marker === undefined) return "";
    if (onScript(stdin) === true) return `Error: refused\n\n${marker} 1\n`;
    if (stdin.includes("@namespace")) return `${observationText(running(), stdin)}\n${marker} 0\n`;
    if (stdin.includes("\nrm -f /dev/shm/rempart-program.json")) file = "";
    const saved = /^cat > \/dev\/shm\/rempart-program\.json\.new <<'REMPART_END'\n(.*)$/m.exec(stdin)?.[1];
    if (saved !== undefined) file = saved;
    return `${stdin.includes("\ncat /dev/shm/rempart-program.json") ? file : ""}\n${marker} 0\n`;
  };
}
