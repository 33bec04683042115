import type { ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { listenersOf, type ListenerAction, type Target, type TargetGroup, targetGroupsOf, targetName } from "../model/balancing.ts";
import { balancerProgramPath, healthSeparator } from "../model/balancerProgram.ts";
import type { ActionView, BalancersView, TargetView } from "../model/balancerView.ts";
import type { Cloud } from "../model/cloud.ts";
import type { Condition } from "../model/loadBalancers.ts";
import { formatAddress } from "../model/ip.ts";

type Exec = (node: string, command: readonly string[], options?: ExecOptions) => Promise<ExecResult>;
type Health = Pick<TargetView, "state" | "reason" | "codes">;

/** What one node of a balancer says: the health by `GROUP/TARGET`, and which targets still end their requests. */
export interface NodeHealth {
  readonly targets: ReadonlyMap<string, Health>;
  readonly draining: readonly { readonly group: string; readonly instance: string; readonly port: number }[];
}

const limitMilliseconds = 8000;

/** The load balancers of a cloud that runs, with the health of each target as their nodes see it now. A node that does not answer leaves its targets unavailable. */
export async function observeBalancers(cloud: Cloud, exec: Exec, isRunning: (node: string) => boolean = () => true): Promise<BalancersView> {
  const seen = new Map<string, NodeHealth[]>();
  await Promise.all(
    cloud.loadBalancers.map(async ({ name, nodes }) => {
      const answers = await Promise.all(nodes.map(({ node }) => exec(node, [balancerProgramPath, "health"], { user: "root", timeoutMilliseconds: limitMilliseconds }).then((result) => (result.exitCode === 0 ? parseHealth(result.stdout) : undefined), () => undefined)));
      seen.set(name, answers.filter((answer) => answer !== undefined));
    }),
  );
  return balancersView(cloud, seen, isRunning);
}

/** The same from what was seen; `seen`: what the nodes of each balancer say. */
export function balancersView(cloud: Cloud, seen: ReadonlyMap<string, readonly NodeHealth[]>, isRunning: (node: string) => boolean): BalancersView {
  const ownerOf = (group: string): string | undefined => cloud.loadBalancers.find((balancer) => targetGroupsOf(cloud, balancer.name).some(({ name }) => name === group))?.name;
  return {
    loadBalancers: cloud.loadBalancers.map(({ name, id, dnsName, isInternal, nodes }) => ({
      name,
      id,
      dnsName,
      isInternal,
      nodes: nodes.map(({ node }) => node),
      listeners: listenersOf(cloud, name).map(({ listener, rules }) => ({
        name: listener.name,
        id: listener.id,
        protocol: listener.protocol,
        port: listener.port,
        rules: [
          ...rules.map((rule) => ({ name: rule.name, priority: rule.priority, conditions: rule.conditions.map(conditionView), action: actionView(rule.action) })),
          { conditions: [], action: actionView(listener.defaultAction) },
        ],
      })),
    })),
    targetGroups: cloud.targetGroups.map((group) => {
      const owner = ownerOf(group.name);
      const { name, id, port, deregistrationDelay, healthCheck } = group;
      return {
        name, id, protocol: "HTTP", port, deregistrationDelay, healthCheck: { ...healthCheck },
        ...(owner === undefined ? {} : { loadBalancer: owner }),
        targets: targetViews(group, owner === undefined ? undefined : (seen.get(owner) ?? []), isRunning),
      };
    }),
  };
}

/** `nodes`: undefined where no listener sends to the group. */
function targetViews(group: TargetGroup, nodes: readonly NodeHealth[] | undefined, isRunning: (node: string) => boolean): TargetView[] {
  const registered = group.targets.map((target): TargetView => ({ instance: target.instance, port: target.port, address: formatAddress(target.address), ...healthOf(group, target, nodes, isRunning) }));
  const draining = (nodes ?? []).flatMap((node) => node.draining).filter((target) => target.group === group.name && !group.targets.some((other) => targetName(other) === targetName(target)));
  const once = [...new Map(draining.map((target) => [targetName(target), target])).values()];
  return [...registered, ...once.map(({ instance, port }): TargetView => ({ instance, port, state: "draining", reason: "Target.DeregistrationInProgress" }))];
}

/** From best to worst: several nodes may see a target differently for a moment, and the worst is what is to know. */
const order: readonly TargetView["state"][] = ["healthy", "draining", "initial", "unavailable", "unhealthy", "unused"];

function healthOf(group: TargetGroup, target: Target, nodes: readonly NodeHealth[] | undefined, isRunning: (node: string) => boolean): Health {
  if (nodes === undefined) return { state: "unused", reason: "Target.NotInUse" };
  // AWS takes a stopped instance out of use by itself (TargetHealth, reason Target.InvalidState).
  if (!isRunning(target.instance)) return { state: "unused", reason: "Target.InvalidState" };
  const found = nodes.flatMap((node) => node.targets.get(`${group.name}/${targetName(target)}`) ?? []);
  const [worst] = [...found].sort((a, b) => order.indexOf(b.state) - order.indexOf(a.state));
  return worst ?? { state: "unavailable", reason: "Elb.InternalError" };
}

/** Reads the statistics of HAProxy (management guide, "Statistics and monitoring"), and the list of targets that drain. */
export function parseHealth(text: string): NodeHealth {
  const [statistics = "", draining = ""] = text.split(`${healthSeparator}\n`);
  const [head = "", ...lines] = statistics.split("\n");
  const columns = head.replace(/^# /, "").split(",");
  const targets = new Map<string, Health>();
  for (const line of lines) {
    const values = line.split(",");
    const value = (name: string): string => values[columns.indexOf(name)] ?? "";
    if (values.length > 10 && !value("pxname").endsWith(".open")) targets.set(`${value("pxname")}/${value("svname")}`, healthFrom(value("status"), value("check_status"), value("check_code")));
  }
  return {
    targets,
    draining: draining.split("\n").flatMap((line) => {
      const match = /^(\S+) (\S+):(\d+)$/.exec(line);
      return match?.[1] !== undefined && match[2] !== undefined ? [{ group: match[1], instance: match[2], port: Number(match[3]) }] : [];
    }),
  };
}

/** A target that counts its first successes or failures is still what it was: HAProxy says `UP 1/2` and `DOWN 1/2`. */
function healthFrom(status: string, check: string, code: string): Health {
  if (status.startsWith("UP") || status === "no check") return { state: "healthy" };
  if (check === "INI" || check === "* INI") return { state: "initial", reason: "Elb.InitialHealthChecking" };
  const reason = check.replace("* ", "");
  if (reason === "L7STS") return { state: "unhealthy", reason: "Target.ResponseCodeMismatch", codes: code };
  if (reason === "L4TOUT" || reason === "L6TOUT" || reason === "L7TOUT") return { state: "unhealthy", reason: "Target.Timeout" };
  return { state: "unhealthy", reason: "Target.FailedHealthChecks" };
}

function conditionView({ http_header, ...lists }: Condition): { key: string; values: string[] } {
  const [entry] = Object.entries(lists).flatMap(([key, values]) => (values ? [{ key, values: [...values] }] : []));
  return entry ?? { key: `http_header ${http_header?.http_header_name ?? ""}`, values: [...(http_header?.values ?? [])] };
}

function actionView(action: ListenerAction): ActionView {
  switch (action.type) {
    case "forward":
      return { type: action.type, targetGroups: action.targetGroups.map((group) => ({ ...group })) };
    case "redirect":
      return { type: action.type, status: action.status, location: `${action.protocol}://${action.host}:${action.port}${action.path}${action.query === "" ? "" : `?${action.query}`}` };
    case "fixed-response":
      return { type: action.type, status: action.status, contentType: action.contentType };
  }
}
