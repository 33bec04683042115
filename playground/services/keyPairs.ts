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
  if (known && (await workspace.read(`key-${name}.pem`))) return known.trim();
  // Loaded when a key is made, not at every start: it is rarely wanted and slow to load.
  const { default: ssh2 } = await import("ssh2");
  const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment: name });
  await workspace.write(`key-${name}.pem`, pair.private, 0o600);
  await workspace.write(`key-${name}.pub`, `${pair.public}\n`);
  return pair.public;
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
