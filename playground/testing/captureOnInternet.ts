import { fabricNode } from "../services/containerSpecs.ts";
import type { RunningLab } from "../services/runningLab.ts";
import type { Harness } from "./labHarness.ts";

/** Questions that lead out of a lab, if anything does: names of the real world, private reverse names, keys of the real root. All end at the lab's root. */
export const worldlyQuestions = ["debian.org", "www.wikipedia.org AAAA", "-x 10.0.0.1", "-x 198.41.0.4", ". DNSKEY", "version.bind CH TXT", "m.root-servers.net", "resolver.arpa SVCB", "_ta-4f66. NULL"];

/** Every IPv4 address, source or destination, of the packets that the lab's Internet sees while `work` is done, in order, repeated. */
export async function addressesOnInternet(harness: Harness, lab: RunningLab, work: () => Promise<void>): Promise<string[]> {
  const fabric = lab.machines.containerOf(fabricNode);
  const inFabric = async (command: string): Promise<string> => (await harness.engine.exec(fabric, ["bash", "-c", command])).stdout;
  await inFabric("ip netns exec inet tcpdump -n -l -i any 'ip and not arp' > /tmp/dns-capture 2> /tmp/dns-capture.log & echo $! > /tmp/dns-capture.pid; sleep 1");
  await work();
  const text = await inFabric("sleep 1; kill $(cat /tmp/dns-capture.pid); sleep 0.3; cat /tmp/dns-capture");
  return [...text.matchAll(/ IP (\d+\.\d+\.\d+\.\d+)(?:\.\d+)? > (\d+\.\d+\.\d+\.\d+)/g)].flatMap(([, from = "", to = ""]) => [from, to]);
}
