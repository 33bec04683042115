import { type Balancing, type Listener, type ListenerAction, type ListenerRule, listenersOf, type LoadBalancer, type TargetGroup, targetGroupsOf, targetName } from "./balancing.ts";
import { conditionTests, quote } from "./balancerConditions.ts";
import { stableHash } from "./ids.ts";
import { formatAddress } from "./ip.ts";

/** Seconds that AWS's balancer waits for a connection to a target (Application Load Balancer user guide, "HTTP 504: Gateway timeout"). */
const connectTimeout = 10;
/** Backend of a request that no group can serve. */
const nobody = "nobody";

/**
 * A load balancer as the configuration of HAProxy, the same for each of its nodes. It does what AWS's application load balancer does: one
 * connection attempt and no second one, 502 for a target that refuses or breaks off, 504 for one that is silent, 503 for a group without targets; and
 * a group with only unhealthy targets is served by all of them ("Health checks for Application Load Balancer target groups": it fails open).
 */
export function balancerConfiguration(cloud: Balancing, balancer: LoadBalancer): string {
  const groups = targetGroupsOf(cloud, balancer.name);
  const body = [
    ...defaults(balancer),
    ...listenersOf(cloud, balancer.name).flatMap(({ listener, rules }) => frontend(cloud, listener, rules)),
    ...groups.flatMap(backends),
    "",
    `backend ${nobody}`,
    `  ${unavailable}`,
    "",
  ].join("\n");
  const targets = groups.flatMap(({ name, targets: members, healthCheck, deregistrationDelay }) =>
    members.map((target) => `# target ${name} ${targetName(target)} ${formatAddress(target.address)} ${healthCheck.healthyThreshold} ${healthCheck.unhealthyThreshold} ${deregistrationDelay}`),
  );
  const rest = [...targets, body].join("\n");
  // The worker says by this which configuration it has.
  const digest = stableHash(rest).toString(16).padStart(32, "0").slice(0, 16);
  return [`# Load balancer ${balancer.name}; written anew at each apply.`, "global", `  description ${digest}`, ...globals, "", rest].join("\n");
}

const globals = [
  "  log stdout format raw local0",
  "  user haproxy",
  "  group haproxy",
  "  nbthread 1",
  "  maxconn 2000",
  "  stats socket /run/rempart/balancer/stats.sock mode 600 level admin expose-fd listeners",
  "  server-state-file /run/rempart/balancer/state",
];

function defaults(balancer: LoadBalancer): string[] {
  const idle = `${balancer.idleTimeout}s`;
  return [
    "defaults",
    "  mode http",
    "  log global",
    "  option dontlognull",
    "  load-server-state-from-file global",
    // A second attempt would hide from the student, and from the health check's owner, that a target fails.
    "  retries 0",
    "  http-reuse never",
    `  timeout connect ${connectTimeout}s`,
    `  timeout client ${idle}`,
    `  timeout server ${idle}`,
    `  timeout http-request ${idle}`,
  ];
}

/** A page of the balancer itself, as AWS's looks. */
const page = (title: string): string => `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`;
const unavailable = `http-request return status 503 content-type text/html string ${quote(page("503 Service Temporarily Unavailable"))}`;

/** The rules decide in the order of their priority which of them it is; then what it says is done. */
function frontend(cloud: Balancing, listener: Listener, rules: readonly ListenerRule[]): string[] {
  const choices = [...rules.map((rule) => ({ key: String(rule.priority), action: rule.action })), { key: "default", action: listener.defaultAction }];
  return [
    "",
    `frontend listener.${listener.name}`,
    `  bind *:${listener.port}`,
    `  log-format ${quote(`%ci:%cp %si:%sp %ST "%HM %HU" listener=${listener.name} rule=%[var(txn.rule)] group=%b target=%s %tsc`)}`,
    "  option forwardfor",
    "  http-request set-header X-Forwarded-Proto http",
    `  http-request set-header X-Forwarded-Port ${listener.port}`,
    "  http-request set-var(txn.begun) date(0,us)",
    ...rules.flatMap((rule) => [`  # Rule ${rule.name}, priority ${rule.priority}`, `  http-request set-var(txn.rule) str(${rule.priority}) if !{ var(txn.rule) -m found } ${rule.conditions.flatMap(conditionTests).join(" ")}`]),
    "  http-request set-var(txn.rule) str(default) if !{ var(txn.rule) -m found }",
    ...choices.flatMap(({ key, action }) => answers(listener, key, action)),
    ...choices.flatMap(({ key, action }) => forwards(cloud, key, action)),
    `  default_backend ${nobody}`,
  ];
}

const chosen = (key: string): string => `{ var(txn.rule) -m str ${key} }`;

/** What the balancer answers itself, and the lot that it draws where several groups share a rule. */
function answers(listener: Listener, key: string, action: ListenerAction): string[] {
  switch (action.type) {
    case "redirect":
      return redirects(listener, action).map(({ location, test }) => `  http-request redirect location ${quote(location)} code ${action.status} if ${chosen(key)}${test}`);
    case "fixed-response":
      return [`  http-request return status ${action.status} content-type ${action.contentType} ${bodyOf(action.body)} if ${chosen(key)}`];
    case "forward":
      return action.targetGroups.length < 2 ? [] : [`  http-request set-var(txn.lot) rand(${Math.max(1, action.targetGroups.reduce((sum, { weight }) => sum + weight, 0))}) if ${chosen(key)}`];
  }
}

/** Line breaks and the like stand as numbers, in the kind of quotes in which HAProxy reads them. */
function bodyOf(body: string): string {
  if (body === "") return "";
  if (!/\p{Cc}/u.test(body)) return `string ${quote(body)}`;
  const escaped = body.replace(/["\\$]/g, String.raw`\$&`).replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `string "${escaped}"`;
}

/** AWS's `#{…}` in the words of HAProxy. A query is written with its question mark, and only where there is one. */
function redirects(listener: Listener, action: Extract<ListenerAction, { type: "redirect" }>): { location: string; test: string }[] {
  const values: Readonly<Record<string, string>> = { protocol: "http", host: "%[req.hdr(host),field(1,:)]", port: String(listener.port), path: "%[path,regsub(^/,)]", query: "%[query]" };
  const fill = (text: string): string => text.replaceAll("%", "%%").replaceAll(/#\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const protocol = action.protocol === "#{protocol}" ? "http" : action.protocol.toLowerCase();
  const location = `${protocol}://${fill(action.host)}:${fill(action.port)}${fill(action.path)}`;
  if (action.query === "") return [{ location, test: "" }];
  if (!action.query.includes("#{query}")) return [{ location: `${location}?${fill(action.query)}`, test: "" }];
  const rest = fill(action.query.replace("#{query}", "").replace(/^&|&$/g, ""));
  return [
    { location: `${location}?${fill(action.query)}`, test: " { query -m len gt 0 }" },
    { location: rest === "" ? location : `${location}?${rest}`, test: "" },
  ];
}

/** Where a request goes: of several groups, to the one whose part of the lots was drawn; to the healthy targets of it, or else to all. */
function forwards(cloud: Balancing, key: string, action: ListenerAction): string[] {
  if (action.type !== "forward") return [];
  let below = 0;
  return action.targetGroups.flatMap(({ name, weight }) => {
    below += weight;
    const test = action.targetGroups.length < 2 ? chosen(key) : `${chosen(key)} { var(txn.lot) -m int lt ${below} }`;
    const isEmpty = cloud.targetGroups.find((group) => group.name === name)?.targets.length === 0;
    return isEmpty ? [`  use_backend ${nobody} if ${test}`] : [`  use_backend ${name}.open if ${test} { nbsrv(${name}) eq 0 }`, `  use_backend ${name} if ${test}`];
  });
}

function backends(group: TargetGroup): string[] {
  if (group.targets.length === 0) return [];
  const { healthCheck: check, targets } = group;
  const port = check.port === undefined ? "" : ` port ${check.port}`;
  return [
    "",
    `backend ${group.name}`,
    "  balance roundrobin",
    ...errorsOfTargets,
    "  option httpchk",
    `  http-check send meth GET uri ${quote(check.path)} ver HTTP/1.1 hdr Host %[bc_dst]:%[bc_dst_port] hdr User-Agent ELB-HealthChecker/2.0`,
    `  http-check expect status ${check.matcher}`,
    `  timeout check ${check.timeout}s`,
    `  default-server check inter ${check.interval}s rise ${check.healthyThreshold} fall ${check.unhealthyThreshold}${port}`,
    ...targets.map((target) => `  server ${targetName(target)} ${formatAddress(target.address)}:${target.port}`),
    "",
    `# Every target of ${group.name}, for the time when none is healthy.`,
    `backend ${group.name}.open`,
    "  balance roundrobin",
    ...errorsOfTargets,
    ...targets.map((target) => `  server ${targetName(target)} ${formatAddress(target.address)}:${target.port}`),
  ];
}

/** HAProxy says 503 of a target that it does not reach; AWS says 502 when that was quick and 504 when the time was up. A target's own 503 stays. */
const late = `date(0,us),sub(txn.begun) ge ${connectTimeout * 1_000_000 - 500_000}`;
const errorsOfTargets = [
  "  http-response set-var(txn.answered) bool(true)",
  `  http-error status 503 content-type text/html lf-string ${quote(page(`%[date(0,us),sub(txn.begun),div(${connectTimeout * 1_000_000 - 500_000}),bool,iif(504 Gateway Time-out,502 Bad Gateway)]`))}`,
  `  http-after-response set-status 504 reason "Gateway Time-out" if { status 503 } !{ var(txn.answered) -m found } { ${late} }`,
  '  http-after-response set-status 502 reason "Bad Gateway" if { status 503 } !{ var(txn.answered) -m found }',
];

