import { benchAddress, benchLab, networkText, type BenchLabOptions } from "./benchLab.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import { listed, median, type Benchmark, type Measurement } from "./measurement.ts";
import { UdpProbe } from "./udpProbe.ts";

const rounds = 7;
const limitMilliseconds = 150;
const shape = { subnets: 3, instancesPerSubnet: 4 };
const blackhole = "{ destination: 10.0.2.0/24, target: blackhole }";

/** From the call of `network.apply` to the packet's new fate, seen by packets sent every 2 ms between two machines of the lab. */
export const applyChange: Benchmark = { title: "Apply of one changed route or rule, 12 instances", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const lab = benchLab("bench-apply", shape);
  await session.addLab(lab);
  await session.client.call("labs.up", { lab: lab.id });
  const { machines } = await session.host.labs.lab(lab.id);
  const probe = await UdpProbe.start(session, machines.containerOf("node-1-1"), machines.containerOf("node-2-1"), benchAddress(2, 1));
  try {
    await probe.settle(true);
    return [
      ...(await measureChange(session, probe, lab.id, "route", { ...shape, routes: [blackhole] })),
      ...(await measureChange(session, probe, lab.id, "security group rule", { ...shape, udp: false })),
    ];
  } finally {
    probe.stop();
  }
}

/** Applies the closed network and the open one in turn. */
async function measureChange(session: BenchSession, probe: UdpProbe, lab: string, what: string, closed: BenchLabOptions): Promise<Measurement[]> {
  const closing: number[] = [];
  const opening: number[] = [];
  // The first round is not counted: the engine's code is compiled in it.
  for (let round = 0; round <= rounds; round++) {
    const closedAt = await applied(session, lab, networkText(closed));
    await probe.settle(false);
    const openedAt = await applied(session, lab, networkText(shape));
    await probe.settle(true);
    if (round === 0) continue;
    closing.push((probe.lastBefore(openedAt) ?? closedAt) - closedAt);
    opening.push((probe.firstAfter(openedAt) ?? Infinity) - openedAt);
  }
  return [
    { name: `${what}: call to the last packet that passes`, value: median(closing), unit: "ms", limit: limitMilliseconds, note: `${listed(closing)} ms` },
    { name: `${what}: call to the first packet that passes`, value: median(opening), unit: "ms", limit: limitMilliseconds, note: `${listed(opening)} ms` },
  ];
}

/** Writes and applies; returns the moment of the call, in epoch milliseconds. */
async function applied(session: BenchSession, lab: string, text: string): Promise<number> {
  await session.writeNetwork(lab, text);
  const moment = performance.timeOrigin + performance.now();
  await session.client.call("network.apply", { lab });
  return moment;
}
