import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, formatPrefix, type IpAddress, type IpPrefix, longestPrefixMatch, networkOf, nthAddress, parseAddress, parseLoosePrefix, parsePrefix, prefixContains, prefixCovers, prefixesOverlap, prefixSize, subPrefix } from "./ip.ts";

/** The naive truth to compare with: an address as a string of its bits. */
const bits = (address: IpAddress): string => address.value.toString(2).padStart(address.family === 4 ? 32 : 128, "0");
const prefixBits = (prefix: IpPrefix): string => bits({ family: prefix.family, value: prefix.address }).slice(0, prefix.length);

const family = fc.constantFrom<4 | 6>(4, 6);
const addressOf = (of: 4 | 6) => fc.bigInt({ min: 0n, max: (1n << (of === 4 ? 32n : 128n)) - 1n }).map((value): IpAddress => ({ family: of, value }));
const anyAddress = family.chain(addressOf);
const prefixOf = (of: 4 | 6) => fc.tuple(addressOf(of), fc.integer({ min: 0, max: of === 4 ? 32 : 128 })).map(([address, length]) => networkOf(address, length));
/** Prefixes near an address, so that matches are common. */
const near = (address: IpAddress) =>
  fc.tuple(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 31 }), fc.boolean()).map(([length, bit, flip]) =>
    networkOf({ family: 4, value: flip ? address.value ^ (1n << BigInt(bit)) : address.value }, length),
  );

describe("addresses", () => {
  it("are written and read back the same, in both families", () => {
    fc.assert(fc.property(anyAddress, (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }));
  });

  it.each(["", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4 ", "a.b.c.d", "1::2::3", "12345::", "::1%eth0", ":::"])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("writes IPv6 as RFC 5952 wants it", () => {
    expect(formatAddress(parseAddress("2001:0db8:0:0:1:0:0:1") ?? { family: 6, value: 0n })).toBe("2001:db8::1:0:0:1");
    expect(formatAddress({ family: 6, value: 0n })).toBe("::");
  });
});

describe("prefixes", () => {
  it("contain an address exactly when its first bits are theirs", () => {
    fc.assert(
      fc.property(family.chain((of) => fc.tuple(prefixOf(of), addressOf(of))), ([prefix, address]) => {
        expect(prefixContains(prefix, address)).toBe(bits(address).startsWith(prefixBits(prefix)));
      }),
    );
    fc.assert(fc.property(addressOf(4).chain((address) => fc.tuple(fc.constant(address), near(address))), ([address, prefix]) => {
      expect(prefixContains(prefix, address)).toBe(bits(address).startsWith(prefixBits(prefix)));
    }));
  });

  it("cover and overlap as their bits say", () => {
    fc.assert(
      fc.property(addressOf(4).chain((address) => fc.tuple(near(address), near(address))), ([a, b]) => {
        expect(prefixCovers(a, b)).toBe(prefixBits(b).startsWith(prefixBits(a)));
        expect(prefixesOverlap(a, b)).toBe(prefixBits(a).startsWith(prefixBits(b)) || prefixBits(b).startsWith(prefixBits(a)));
        expect(prefixesOverlap(a, b)).toBe(prefixesOverlap(b, a));
      }),
    );
  });

  it("never contain an address of the other family", () => {
    fc.assert(fc.property(prefixOf(4), addressOf(6), (prefix, address) => {
      expect(prefixContains(prefix, address)).toBe(false);
    }));
  });

  it("are written and read back the same; host bits are refused, or cleared when asked", () => {
    fc.assert(
      fc.property(family.chain((of) => fc.tuple(prefixOf(of), addressOf(of))), ([prefix, address]) => {
        expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix);
        const text = `${formatAddress(address)}/${prefix.length}`;
        expect(parseLoosePrefix(text)).toEqual(networkOf(address, prefix.length));
        expect(parsePrefix(text) === undefined).toBe(networkOf(address, prefix.length).address !== address.value);
      }),
    );
  });

  it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "::/129", "/8"])("refuses %j", (text) => expect(parseLoosePrefix(text)).toBeUndefined());

  it("are cut into sub-prefixes as OpenTofu's cidrsubnet does", () => {
    const vpc = parsePrefix("10.0.0.0/16") ?? networkOf({ family: 4, value: 0n }, 0);
    expect(formatPrefix(subPrefix(vpc, 5, 0))).toBe("10.0.0.0/21");
    expect(formatPrefix(subPrefix(vpc, 5, 10))).toBe("10.0.80.0/21");
    expect(() => subPrefix(vpc, 5, 32)).toThrow(RangeError);
    expect(() => subPrefix(vpc, 17, 0)).toThrow(RangeError);
  });

  it("partition exactly: sub-prefixes are disjoint and fill their parent", () => {
    fc.assert(
      fc.property(prefixOf(4).filter((prefix) => prefix.length <= 28), fc.integer({ min: 0, max: 4 }), (prefix, extra) => {
        const parts = Array.from({ length: 2 ** extra }, (_, index) => subPrefix(prefix, extra, index));
        expect(parts.every((part) => prefixCovers(prefix, part))).toBe(true);
        expect(parts.some((part, index) => parts.slice(index + 1).some((other) => prefixesOverlap(part, other)))).toBe(false);
        expect(parts.reduce((sum, part) => sum + prefixSize(part), 0n)).toBe(prefixSize(prefix));
      }),
    );
  });

  it("number their addresses from the first to the last and no further", () => {
    const prefix = parsePrefix("10.0.0.0/29") ?? networkOf({ family: 4, value: 0n }, 0);
    expect(formatAddress(nthAddress(prefix, 7))).toBe("10.0.0.7");
    expect(() => nthAddress(prefix, 8)).toThrow(RangeError);
    expect(() => nthAddress(prefix, -1)).toThrow(RangeError);
  });
});

describe("longestPrefixMatch", () => {
  it("picks what a naive comparison of bit strings picks", () => {
    fc.assert(
      fc.property(addressOf(4).chain((address) => fc.tuple(fc.constant(address), fc.array(near(address), { maxLength: 12 }))), ([address, prefixes]) => {
        const entries = prefixes.map((prefix, index) => ({ prefix, index }));
        const longest = Math.max(-1, ...prefixes.map(prefixBits).filter((text) => bits(address).startsWith(text)).map((text) => text.length));
        expect(longestPrefixMatch(entries, address)?.prefix.length ?? -1).toBe(longest);
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the order of the routes", () => {
    fc.assert(
      fc.property(addressOf(4).chain((address) => fc.tuple(fc.constant(address), fc.uniqueArray(near(address), { maxLength: 12, selector: formatPrefix }))), ([address, prefixes]) => {
        const entries = prefixes.map((prefix) => ({ prefix }));
        expect(longestPrefixMatch(entries, address)).toEqual(longestPrefixMatch([...entries].reverse(), address));
      }),
    );
  });
});
