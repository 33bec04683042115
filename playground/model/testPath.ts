import { predictPath } from "./packetPath.ts";
import { edit, testCloud, testLabText, testNetworkText } from "./testCloud.ts";

/** A text of the test network and what takes its place. */
export type Change = readonly [string, string];

/** Verdict and the reason of the last hop, for a question in short form: `web app tcp 8080`. */
export function ask(question: string, changes: readonly Change[] = [], labText = testLabText): string {
  const [from = "", to = "", protocol = "tcp", port] = question.split(" ");
  const { verdict, hops } = predictPath(testCloud(edit(testNetworkText, ...changes), labText), { from, to, protocol: protocol as "tcp", ...(port === undefined ? {} : { port: Number(port) }) });
  const last = hops.at(-1);
  return `${verdict} ${last?.direction ?? ""} ${last?.reason ?? ""}`;
}

export const open = "open return answer-received";
export const noPublicGroupChange: Change = ["[web-sg], services: [app]", "[web-sg, open-sg], services: [app]"];
export const openGroup: Change = ["  bar-sg:\n", "  open-sg:\n    vpc: foo\n    ingress:\n      - {protocol: all, cidr_blocks: [0.0.0.0/0]}\n  bar-sg:\n"];
export const openApp: Change = ["[app-sg], services", "[app-sg, open-sg], services"];
export const acl = (subnet: string, ingress: string, egress: string): Change => ["instances:\n", `network_acls:\n  edge:\n    vpc: foo\n    subnets: [${subnet}]\n    ingress: [${ingress}]\n    egress: [${egress}]\ninstances:\n`];
export const allowAll = "{rule_number: 100, action: allow, protocol: all}";
