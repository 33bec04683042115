/** A system log cut at the block of SSH host key fingerprints that cloud-init style boots print (Figure 7-14). */
export interface SplitLog {
  readonly before: string;
  readonly fingerprints: string;
  readonly after: string;
}

const begin = /^.*-----BEGIN SSH HOST KEY FINGERPRINTS-----.*$/m;
const end = /^.*-----END SSH HOST KEY FINGERPRINTS-----.*$/m;

/** Finds the fingerprints' block; the last one counts, because keys made again at a later boot replace the earlier ones. */
export function splitLog(text: string): SplitLog {
  const starts = [...text.matchAll(new RegExp(begin.source, "gm"))];
  const start = starts.at(-1)?.index;
  if (start === undefined) return { before: text, fingerprints: "", after: "" };
  const rest = text.slice(start);
  const close = end.exec(rest);
  // A log cut off inside the block still shows what there is of it.
  const length = close === null ? rest.length : close.index + close[0].length;
  return { before: text.slice(0, start), fingerprints: rest.slice(0, length), after: rest.slice(length) };
}
