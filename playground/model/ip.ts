/**
 * IP addresses and prefixes as values that know their family, so that IPv6 can stand beside IPv4.
 * An address is held as a `bigint`; a prefix is an address with the host bits at zero and a length in bits.
 */

export type IpFamily = 4 | 6;

/** One IP address. `value` is the address as an unsigned integer of 32 (IPv4) or 128 (IPv6) bits. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** A network prefix in CIDR notation (RFC 4632): `address` has its host bits at zero, `length` is in bits. */
export interface IpPrefix {
  readonly family: IpFamily;
  readonly address: bigint;
  readonly length: number;
}

/** Number of bits in an address of the family: 32 or 128. */
export function addressBits(family: IpFamily): number {
  return family === 4 ? 32 : 128;
}

/** Parses `203.0.113.10` or `2001:db8::1`. Returns undefined when the text is not an address. */
export function parseAddress(text: string): IpAddress | undefined {
  const value = text.includes(":") ? parseV6(text) : parseV4(text);
  return value === undefined ? undefined : { family: text.includes(":") ? 6 : 4, value };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is octal to some tools and decimal to others, so it is refused (RFC 6943, 3.1.1).
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): string[] => (half ? half.split(":") : []);
  const head = groups(halves[0]);
  const tail = groups(halves[1]);
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array<string>(missing).fill("0"), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

/** Writes an address in its usual form; IPv6 in the form of RFC 5952. */
export function formatAddress(address: IpAddress): string {
  return address.family === 4 ? formatV4(address.value) : formatV6(address.value);
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === "0") length++;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(":");
  return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}

/** Parses `10.0.0.0/16`. Returns undefined when the text is no CIDR; host bits must be zero (see {@link networkOf}). */
export function parsePrefix(text: string): IpPrefix | undefined {
  const loose = parseLoosePrefix(text);
  const address = parseAddress(text.split("/")[0] ?? "");
  return loose && address && address.value === loose.address ? loose : undefined;
}

/** As {@link parsePrefix}, but clears host bits instead of refusing them: `10.0.1.7/16` is `10.0.0.0/16`. */
export function parseLoosePrefix(text: string): IpPrefix | undefined {
  const [addressText, lengthText, ...rest] = text.split("/");
  const address = parseAddress(addressText ?? "");
  if (!address || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(lengthText ?? "")) return undefined;
  const length = Number(lengthText);
  return length > addressBits(address.family) ? undefined : networkOf(address, length);
}

/** The prefix of the given length in which the address lies. */
export function networkOf(address: IpAddress, length: number): IpPrefix {
  const hostBits = BigInt(addressBits(address.family) - length);
  return { family: address.family, address: (address.value >> hostBits) << hostBits, length };
}

/** Writes a prefix in CIDR notation. */
export function formatPrefix(prefix: IpPrefix): string {
  return `${formatAddress({ family: prefix.family, value: prefix.address })}/${prefix.length}`;
}

/** True when the address lies in the prefix (of the same family). */
export function prefixContains(prefix: IpPrefix, address: IpAddress): boolean {
  return prefix.family === address.family && networkOf(address, prefix.length).address === prefix.address;
}

/** True when every address of `inner` lies in `outer`. */
export function prefixCovers(outer: IpPrefix, inner: IpPrefix): boolean {
  return inner.length >= outer.length && prefixContains(outer, { family: inner.family, value: inner.address });
}

/** True when the two prefixes share at least one address. */
export function prefixesOverlap(a: IpPrefix, b: IpPrefix): boolean {
  return prefixCovers(a, b) || prefixCovers(b, a);
}

/** Number of addresses in the prefix. */
export function prefixSize(prefix: IpPrefix): bigint {
  return 1n << BigInt(addressBits(prefix.family) - prefix.length);
}

/** The n-th address of the prefix, counted from 0; throws RangeError outside it. */
export function nthAddress(prefix: IpPrefix, index: number | bigint): IpAddress {
  const offset = BigInt(index);
  if (offset < 0n || offset >= prefixSize(prefix)) throw new RangeError(`address ${offset} is outside ${formatPrefix(prefix)}`);
  return { family: prefix.family, value: prefix.address + offset };
}

/**
 * The n-th sub-prefix with `extraBits` more bits, as OpenTofu's `cidrsubnet` counts them:
 * `subPrefix(10.0.0.0/16, 5, 10)` is `10.0.80.0/21`. Throws RangeError when there is no such sub-prefix.
 */
export function subPrefix(prefix: IpPrefix, extraBits: number, index: number): IpPrefix {
  const length = prefix.length + extraBits;
  const bits = addressBits(prefix.family);
  if (extraBits < 0 || length > bits || index < 0 || BigInt(index) >= 1n << BigInt(extraBits)) {
    throw new RangeError(`${formatPrefix(prefix)} has no sub-prefix ${index} with ${extraBits} extra bits`);
  }
  return { family: prefix.family, address: prefix.address + (BigInt(index) << BigInt(bits - length)), length };
}

/** The entry with the longest prefix that contains the address: the rule by which every route is chosen (RFC 1812, 5.2.4.3). */
export function longestPrefixMatch<Entry extends { prefix: IpPrefix }>(entries: readonly Entry[], address: IpAddress): Entry | undefined {
  let best: Entry | undefined;
  for (const entry of entries) {
    if (prefixContains(entry.prefix, address) && (!best || entry.prefix.length > best.prefix.length)) best = entry;
  }
  return best;
}
