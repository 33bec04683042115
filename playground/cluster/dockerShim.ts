import { labelKeys } from "../engine/labels.ts";

/**
 * A `docker` for kind, first in its PATH: what kind makes carries our labels, so that it is found again, followed and removed like anything
 * else of a lab; and Docker's name server in it, which knows the other nodes, has nobody on this computer's network to ask. The name that every node
 * looks up when it boots has its answer: it would wait five seconds for none. (A loopback address means to kind's script what no answer does.)
 * @param docker path of the real program
 * @param labels of every container; the node's own comes with its name
 * @param prefix what stands before the node's name in that of its container
 */
export function dockerShim(docker: string, labels: Readonly<Record<string, string>>, prefix: string): string {
  const words = Object.entries(labels).flatMap(([name, value]) => ["--label", quote(`${name}=${value}`)]);
  return `#!/bin/sh
[ "$1" = run ] || exec ${quote(docker)} "$@"
shift
name= previous=
for word in "$@"; do
  [ "$previous" != --name ] || name=$word
  previous=$word
done
exec ${quote(docker)} run ${words.join(" ")} --label "${labelKeys.node}=\${name#${prefix}}" --dns 127.0.0.1 --add-host host.docker.internal:127.0.0.1 "$@"
`;
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
