const typeNames: Readonly<Record<number, string>> = { 1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA", 33: "SRV", 43: "DS", 46: "RRSIG", 48: "DNSKEY", 255: "ANY" };
const errorNames: Readonly<Record<number, string>> = { 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED" };

/**
 * A message of DNS in one line: `A? www.example.com`, and of an answer how many records it has or which error. Undefined for what is
 * no message, or is cut off before its question ends.
 */
export function decodeDns(data: DataView): string | undefined {
  if (data.byteLength < 17 || data.getUint16(4) !== 1) return undefined;
  const flags = data.getUint16(2);
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    if (at >= data.byteLength) return undefined;
    const length = data.getUint8(at);
    if (length === 0) break;
    // A question is never compressed.
    if (length > 63 || at + 1 + length > data.byteLength) return undefined;
    labels.push(new TextDecoder().decode(new Uint8Array(data.buffer, data.byteOffset + at + 1, length)).replace(/[^\x21-\x7e]/g, "?"));
    at += 1 + length;
  }
  if (at + 5 > data.byteLength) return undefined;
  const type = data.getUint16(at + 1);
  const question = `${typeNames[type] ?? `TYPE${type}`}? ${labels.length === 0 ? "." : labels.join(".")}`;
  if ((flags & 0x8000) === 0) return question;
  return `${question} → ${errorNames[flags & 0xf] ?? String(data.getUint16(6))}`;
}
