/**
 * A solution may need what only the student has, as the public key made on the laptop: `{{laptop:/home/ops/.ssh/id_ed25519.pub}}`
 * in a solution's `network.yml` stands for the first line of that file in that node.
 */
export const placeholder = /\{\{([a-z][a-z0-9-]*):(\/[A-Za-z0-9._/-]+)\}\}/g;

/** What validates in the place of a placeholder: those known stand where a public key does. */
const sample = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJlbXBhcnQgc2FtcGxlIGtleSwgbmV2ZXIgdXNlZCEh";

/** The text with a sample in the place of every placeholder, to be parsed and judged without a running lab. */
export function withSamples(text: string): string {
  return text.replace(placeholder, sample);
}
