import { describe, expect, it } from "vitest";
import { decodeDns } from "./decodeDns.ts";
import { decodePacket } from "./decodePacket.ts";
import { PcapReader } from "./pcap.ts";

const bytes = (...parts: (number[] | string)[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));
const ethernet = (type: number[]): number[] => [...Array.from({ length: 12 }, () => 2), ...type];
const ip = (protocol: number, length: number, fragment: [number, number] = [0x40, 0]): number[] => [0x45, 0, (20 + length) >> 8, (20 + length) & 255, 0, 1, ...fragment, 64, protocol, 0, 0, 10, 0, 0, 5, 203, 0, 113, 80];
const tcp = (from: number, to: number, flags: number): number[] => [from >> 8, from & 255, to >> 8, to & 255, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, flags, 1, 0, 0, 0, 0, 0];
const udp = (from: number, to: number): number[] => [from >> 8, from & 255, to >> 8, to & 255, 0, 0, 0, 0];
const text = (value: string): number[] => [...new TextEncoder().encode(value)];
const frame = (data: Uint8Array, link = 1) => decodePacket({ milliseconds: 0, link, data, bytes: data.length });
const inIp = (protocol: number, payload: number[]): Uint8Array => bytes(ethernet([8, 0]), ip(protocol, payload.length), payload);
const question = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, ...text("www"), 7, ...text("example"), 3, ...text("com"), 0, 0, 1, 0, 1];

describe("one line about a packet", () => {
  it.each([
    ["a connection that is asked for", inIp(6, tcp(40000, 80, 0x02)), "TCP", "SYN"],
    ["its acceptance", inIp(6, tcp(80, 40000, 0x12)), "TCP", "SYN, ACK"],
    ["its refusal", inIp(6, tcp(80, 40000, 0x14)), "TCP", "ACK, RST"],
    ["a request of HTTP", inIp(6, [...tcp(40000, 8080, 0x18), ...text("GET /x HTTP/1.1\r\nHost: web\r\n\r\n")]), "HTTP", "GET /x HTTP/1.1"],
    ["its answer", inIp(6, [...tcp(8080, 40000, 0x18), ...text("HTTP/1.1 200 OK\r\n")]), "HTTP", "HTTP/1.1 200 OK"],
    ["the greeting of SSH", inIp(6, [...tcp(22, 40000, 0x18), ...text("SSH-2.0-OpenSSH_9.2\r\n")]), "SSH", "SSH-2.0-OpenSSH_9.2"],
    ["the first record of TLS", inIp(6, [...tcp(40000, 443, 0x18), 22, 3, 1, 0, 2, 1, 0]), "TLS", "ClientHello, 7 B"],
    ["other data", inIp(6, [...tcp(40000, 5432, 0x18), 0, 1, 2]), "TCP", "ACK, 3 B"],
    ["an echo", inIp(1, [8, 0, 0, 0]), "ICMP", "echo request"],
    ["a closed port of UDP", inIp(1, [3, 3, 0, 0]), "ICMP", "port unreachable"],
    ["a question of DNS", inIp(17, [...udp(40000, 53), ...question]), "DNS", "A? www.example.com"],
    ["WireGuard", inIp(17, [...udp(51820, 51820), 4, 0, 0, 0, 9]), "WireGuard", "data, 5 B"],
    ["an encrypted packet", inIp(50, [1, 2]), "ESP", ""],
  ])("names %s", (_what, data, protocol, info) => {
    expect(frame(data)).toMatchObject({ source: "10.0.0.5", destination: "203.0.113.80", protocol, info });
  });

  it("reads ARP, IPv6, VLAN tags and captures of all interfaces", () => {
    expect(frame(bytes(ethernet([8, 6]), [0, 1, 8, 0, 6, 4, 0, 1, 2, 66, 0, 0, 0, 1, 10, 0, 0, 5, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1]))).toEqual({ source: "10.0.0.5", destination: "10.0.0.1", protocol: "ARP", info: "10.0.0.1 ?" });
    const six = [0x60, 0, 0, 0, 0, 4, 58, 64, 0x20, 1, 0xd, 0xb8, ...Array.from({ length: 11 }, () => 0), 1, 0xfe, 0x80, ...Array.from({ length: 13 }, () => 0), 2, 128, 0, 0, 0];
    expect(frame(bytes(ethernet([0x86, 0xdd]), six))).toMatchObject({ source: "2001:db8::1", destination: "fe80::2", protocol: "ICMPv6", info: "echo request" });
    const plain = [...ip(1, 4), 0, 0, 0, 0];
    expect(frame(bytes(ethernet([0x81, 0]), [0, 7, 8, 0], plain)).info).toBe("echo reply");
    expect(frame(bytes(Array.from({ length: 14 }, () => 0), [8, 0], plain), 113).info).toBe("echo reply");
    expect(frame(bytes([8, 0], Array.from({ length: 18 }, () => 0), plain), 276).info).toBe("echo reply");
  });

  it("knows no ports of a later fragment", () => {
    expect(frame(bytes(ethernet([8, 0]), ip(6, 8, [0, 9]), tcp(1, 2, 2).slice(0, 8))).info).toBe("fragment");
  });

  it("never fails, wherever a packet is cut off", () => {
    for (const whole of [inIp(6, [...tcp(22, 4000, 0x18), ...text("SSH-2.0-x")]), inIp(17, [...udp(53, 53), ...question]), inIp(1, [3, 3])]) for (let length = 0; length < whole.length; length += 1) expect(() => frame(whole.slice(0, length))).not.toThrow();
  });
});

describe("a message of DNS", () => {
  const view = (data: number[]): DataView => new DataView(Uint8Array.from(data).buffer);

  it("says its question, and of an answer how many records or which error", () => {
    expect(decodeDns(view(question))).toBe("A? www.example.com");
    expect(decodeDns(view([...question.slice(0, 2), 0x81, 0x83, ...question.slice(4)]))).toBe("A? www.example.com → NXDOMAIN");
    expect(decodeDns(view([...question.slice(0, 2), 0x81, 0x80, 0, 1, 0, 2, ...question.slice(8)]))).toBe("A? www.example.com → 2");
  });

  it("is none where its name leads out of it", () => {
    expect(decodeDns(view([...question.slice(0, 12), 60, 1, 2, 3, 4, 5]))).toBeUndefined();
    expect(decodeDns(view([...question.slice(0, 12), 0xc0, 12, 0, 1, 0, 1]))).toBeUndefined();
  });
});

describe("a capture that comes in pieces", () => {
  const header = (magic: number): Uint8Array => {
    const view = new DataView(new ArrayBuffer(24));
    view.setUint32(0, magic, true);
    view.setUint32(20, 1, true);
    return new Uint8Array(view.buffer);
  };
  const packet = (seconds: number, fraction: number, data: Uint8Array, wire = data.length): Uint8Array => {
    const view = new DataView(new ArrayBuffer(16));
    [seconds, fraction, data.length, wire].forEach((value, index) => view.setUint32(index * 4, value, true));
    return bytes([...new Uint8Array(view.buffer)], [...data]);
  };
  const whole = bytes([...header(0xa1b2c3d4)], [...packet(10, 500_000, inIp(1, [8, 0, 0, 0]))], [...packet(11, 0, inIp(1, [0, 0, 0, 0]), 1500)]);

  it.each([1, 7, 40, 1000])("is read the same in pieces of %i bytes", (size) => {
    const reader = new PcapReader();
    const frames = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) => reader.push(whole.slice(index * size, (index + 1) * size))).flat();
    expect(frames.map((one) => [one.milliseconds, one.bytes, decodePacket(one).info])).toEqual([[10_500, 38, "echo request"], [11_000, 1500, "echo reply"]]);
  });

  it("is refused when it is none, or a length in it cannot be", () => {
    expect(() => new PcapReader().push(new Uint8Array(24))).toThrow(RangeError);
    const reader = new PcapReader();
    expect(() => reader.push(bytes([...header(0xa1b2c3d4)], [0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 0, 0]))).toThrow(RangeError);
  });
});
