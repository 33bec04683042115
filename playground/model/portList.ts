/** The single ports of a list as nmap writes it: `1-3,80`. */
export function portsOf(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [first, last] = part.split("-").map(Number);
    if (first === undefined || !Number.isInteger(first) || first < 1) return [];
    return Array.from({ length: Math.max(0, Math.min(last ?? first, 65_535) - first + 1) }, (_, index) => first + index);
  });
}

/** The opposite of {@link portsOf}. */
export function formatPortList(ports: readonly number[]): string {
  const sorted = [...new Set(ports)].sort((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const port of sorted) {
    const last = ranges.at(-1);
    if (last && last[1] === port - 1) last[1] = port;
    else ranges.push([port, port]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}
