/** A packet as it stands in a capture. */
export interface CapturedFrame {
  readonly milliseconds: number;
  /** Link type of the capture, as in libpcap's list: 1 Ethernet, 113 and 276 Linux' own for all interfaces. */
  readonly link: number;
  readonly data: Uint8Array;
  /** Its length on the wire; `data` may be shorter. */
  readonly bytes: number;
}

const fileHeader = 24;
const packetHeader = 16;
/** Nothing that we capture is longer; a length above it is a stream that is none. */
const longestPacket = 262_144;

/**
 * Reads a capture in the format of libpcap as it comes in, in pieces of any size. What is no capture throws RangeError: the stream
 * is then to be given up.
 */
export class PcapReader {
  private rest = new Uint8Array();
  private header: { readonly isLittle: boolean; readonly perMillisecond: number; readonly link: number } | undefined;

  /** Takes the next piece; returns the packets that are whole now. */
  push(piece: Uint8Array): CapturedFrame[] {
    const bytes = new Uint8Array(this.rest.length + piece.length);
    bytes.set(this.rest);
    bytes.set(piece, this.rest.length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    if (this.header === undefined) {
      if (bytes.length < fileHeader) {
        this.rest = bytes;
        return [];
      }
      this.header = readHeader(view);
      at = fileHeader;
    }
    const { isLittle, perMillisecond, link } = this.header;
    const frames: CapturedFrame[] = [];
    while (at + packetHeader <= bytes.length) {
      const kept = view.getUint32(at + 8, isLittle);
      if (kept > longestPacket) throw new RangeError(`a packet of ${kept} bytes`);
      if (at + packetHeader + kept > bytes.length) break;
      frames.push({
        milliseconds: view.getUint32(at, isLittle) * 1000 + view.getUint32(at + 4, isLittle) / perMillisecond,
        link, bytes: view.getUint32(at + 12, isLittle),
        data: bytes.slice(at + packetHeader, at + packetHeader + kept),
      });
      at += packetHeader + kept;
    }
    this.rest = bytes.slice(at);
    return frames;
  }
}

function readHeader(view: DataView): { isLittle: boolean; perMillisecond: number; link: number } {
  for (const isLittle of [true, false]) {
    const magic = view.getUint32(0, isLittle);
    if (magic === 0xa1b2c3d4 || magic === 0xa1b23c4d) return { isLittle, perMillisecond: magic === 0xa1b2c3d4 ? 1000 : 1_000_000, link: view.getUint32(20, isLittle) & 0xffff };
  }
  throw new RangeError("no capture in the format of libpcap");
}
