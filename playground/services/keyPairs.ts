import type { Cloud } from "../model/cloud.ts";
import type { Workspace } from "./workspace.ts";

/**
 * OpenSSH public keys of the cloud's key pairs. A pair without `public_key` is made here, once, and its private key kept in
 * the student's folder as `key-NAME.pem`, readable by its owner alone.
 */
export async function publicKeysOf(cloud: Cloud, workspace: Workspace): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const pair of cloud.keyPairs) {
    keys.set(pair.name, pair.publicKey?.trim() ?? (await generatedKey(pair.name, workspace)));
  }
  return keys;
}

async function generatedKey(name: string, workspace: Workspace): Promise<string> {
  const known = await workspace.read(`key-${name}.pub`);
  if (known && isWhole(known) && (await workspace.read(`key-${name}.pem`))) return known.trim();
  // Loaded when a key is made, not at every start: it is rarely wanted and slow to load.
  const { default: ssh2 } = await import("ssh2");
  const make = (): { public: string; private: string } => ssh2.utils.generateKeyPairSync("ed25519", { comment: name });
  let pair = make();
  while (!isWhole(pair.public)) pair = make();
  await workspace.write(`key-${name}.pem`, pair.private, 0o600);
  await workspace.write(`key-${name}.pub`, `${pair.public}\n`);
  return pair.public;
}

/** Two lengths of 4 bytes, the name of the kind, and 32 bytes of key. */
const wholeKeyBytes = 4 + "ssh-ed25519".length + 4 + 32;

/** False for one in 256 keys that ssh2 makes: it drops a leading zero byte, and ssh then cannot load the private half. */
export function isWhole(publicKey: string): boolean {
  return Buffer.from(publicKey.split(" ")[1] ?? "", "base64").length === wholeKeyBytes;
}

/** Private keys, in OpenSSH's format, of the key pairs that were made here; those whose public key the student brought have none. */
export async function privateKeysOf(cloud: Cloud, workspace: Workspace): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const pair of cloud.keyPairs) {
    const key = pair.publicKey === undefined ? await workspace.read(`key-${pair.name}.pem`) : undefined;
    if (key !== undefined) keys.set(pair.name, key);
  }
  return keys;
}
