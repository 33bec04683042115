import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { labSchema } from "../model/lab.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { RunningLab } from "./runningLab.ts";
import { observeBalancers } from "./targetHealth.ts";

const network = `vpcs: { foo: { cidr_block: 10.0.0.0/16 } }
internet_gateways: { igw: { vpc: foo } }
subnets:
  front: { vpc: foo, cidr_block: 10.0.0.0/24 }
  back: { vpc: foo, cidr_block: 10.0.1.0/24 }
route_tables: { front: { vpc: foo, subnets: [front], routes: [{ destination: 0.0.0.0/0, target: igw }] } }
elastic_ips: { lb-ip: { public_ip: 203.0.113.21 } }
security_groups:
  balancer: { vpc: foo, ingress: [{ protocol: tcp, port: 80, cidr_blocks: [0.0.0.0/0] }] }
  apps: { vpc: foo, ingress: [{ protocol: tcp, port: 8080, security_groups: [balancer] }, { protocol: tcp, port: 80, security_groups: [balancer] }] }
instances:
  app-1: { subnet: back, private_ip: 10.0.1.11, vpc_security_groups: [apps], services: [app] }
  app-2: { subnet: back, private_ip: 10.0.1.12, vpc_security_groups: [apps], services: [app] }
  wiki: { subnet: back, private_ip: 10.0.1.13, vpc_security_groups: [apps], services: [whoami] }
target_groups:
  apps:
    vpc: foo
    port: 8080
    deregistration_delay: 5
    health_check: { interval: 5, timeout: 2, healthy_threshold: 2, unhealthy_threshold: 2 }
    targets: [app-1, app-2]
  wiki: { vpc: foo, port: 80, health_check: { interval: 5, timeout: 2 }, targets: [wiki] }
  nobody: { vpc: foo, port: 80 }
load_balancers:
  public: { security_groups: [balancer], subnet_mappings: [{ subnet: front, private_ipv4_address: 10.0.0.21, elastic_ip: lb-ip }] }
listeners:
  http: { load_balancer: public, port: 80, default_action: { type: forward, target_group: apps } }
listener_rules:
  wiki: { listener: http, priority: 10, conditions: [{ host_header: ["wiki.*"] }], action: { type: forward, target_group: wiki } }
  moved: { listener: http, priority: 20, conditions: [{ path_pattern: ["/old/*"] }], action: { type: redirect, redirect: { host: new.example.com, port: 8080, path: "/new/#{path}", status_code: HTTP_301 } } }
  gone: { listener: http, priority: 30, conditions: [{ path_pattern: ["/gone"] }], action: { type: fixed-response, fixed_response: { content_type: text/plain, message_body: "It's gone\\nfor good\\n", status_code: "410" } } }
  shadowed: { listener: http, priority: 40, conditions: [{ path_pattern: ["/gone"] }], action: { type: forward, target_group: wiki } }
  empty: { listener: http, priority: 50, conditions: [{ path_pattern: ["/empty"] }], action: { type: forward, target_group: nobody } }
`;
const loaded: LoadedLab = {
  lab: labSchema.parse({
    id: "balancers", title: { fr: "Essai", en: "Test" }, summary: { fr: "Essai", en: "Test" }, group: "access", minutes: 1, memory_mb: 1,
    internet: { hosts: { laptop: { address: "203.0.113.50", role: "laptop" } } },
  }),
  folder: "/nowhere", ours: false, startNetwork: network, guides: { fr: "", en: "" },
};

let harness: Harness;
let lab: RunningLab;
beforeAll(async () => {
  harness = await createHarness();
  lab = harness.lab(loaded);
  await lab.up();
});
afterAll(() => harness.dispose());

const sh = async (node: string, command: string): Promise<string> => (await lab.exec(node, ["bash", "-c", command], { user: "root", timeoutMilliseconds: 200_000 })).stdout.trim();
const curl = (path: string, options = ""): Promise<string> => sh("laptop", `curl -s -m 60 ${options} http://203.0.113.21${path}`);
const status = (path: string, options = ""): Promise<string> => curl(path, `-o /dev/null -w '%{http_code} %{redirect_url}' ${options}`);
const containers = (): string[] => lab.machines.all.map((machine) => `${machine.container} ${machine.startedAt}`).sort();
/** Target and state, with the reason and the codes where it is not healthy. */
const health = async (group: string): Promise<Record<string, string>> => {
  const seen = (await observeBalancers(lab.cloud(), (node, command, options) => lab.exec(node, command, options))).targetGroups.find(({ name }) => name === group);
  return Object.fromEntries((seen?.targets ?? []).map(({ instance, state, reason, codes }) => [instance, [state, reason, codes].filter((part) => part !== undefined).join(" ")]));
};
const becomes = (group: string, wanted: Record<string, string>): Promise<unknown> => vi.waitFor(async () => expect(await health(group)).toEqual(wanted), { timeout: 60_000, interval: 300 });
const servedBy = async (count: number): Promise<string[]> => [...new Set((await sh("laptop", `for i in $(seq ${count}); do curl -s -m 5 -o /dev/null -D - http://203.0.113.21/ | tr -d '\\r' | sed -n 's/^X-Served-By: //Ip'; done`)).split("\n"))].sort();

it("targets are served once a check has passed, by listeners and rules in their order", { timeout: 120_000 }, async () => {
  await becomes("apps", { "app-1": "healthy", "app-2": "healthy" });
  await becomes("wiki", { wiki: "healthy" });
  expect(await servedBy(8)).toEqual(["app-1", "app-2"]);
  expect(await curl("/", "-H 'Host: wiki.example.com'")).toContain("10.0.0.21");
  expect(await status("/old/page?q=1")).toBe("301 http://new.example.com:8080/new/old/page?q=1");
  expect(await status("/old/page")).toBe("301 http://new.example.com:8080/new/old/page");
  expect(await curl("/gone", "-w ' %{http_code}'")).toBe("It's gone\nfor good\n 410");
  expect(await status("/empty")).toBe("503");
  // Who the visitor is, although the balancer speaks to the target.
  await sh("app-1", `sed -i 's/return 200.*/return 200 "$http_x_forwarded_for $http_x_forwarded_port\\\\n";/' /run/rempart/app-answer.conf && nginx -c /etc/rempart/nginx.conf -s reload; sleep 0.5`);
  expect(await sh("laptop", "for i in 1 2; do curl -s http://203.0.113.21/; done")).toContain("203.0.113.50 80");
});

it("an unhealthy target leaves within its threshold of checks and comes back, and says which codes it gave", { timeout: 300_000 }, async () => {
  await sh("app-1", "sed -i 's/return 200/return 503/' /run/rempart/app-answer.conf && nginx -c /etc/rempart/nginx.conf -s reload");
  const begun = Date.now();
  await becomes("apps", { "app-1": "unhealthy Target.ResponseCodeMismatch 503", "app-2": "healthy" });
  // Two failures, 5 s apart, the first at most 5 s away; and what the observation itself took, which on a busy computer may be as much again.
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(await servedBy(6)).toEqual(["app-2"]);
  await sh("app-1", "sed -i 's/return 503/return 200/' /run/rempart/app-answer.conf && nginx -c /etc/rempart/nginx.conf -s reload");
  await becomes("apps", { "app-1": "healthy", "app-2": "healthy" });
  await sh("app-1", "app stop");
  await becomes("apps", { "app-1": "unhealthy Target.FailedHealthChecks", "app-2": "healthy" });
  // Nobody healthy is left: as in AWS, all of them are asked then. What refuses is 502.
  await sh("app-2", "app stop");
  await becomes("apps", { "app-1": "unhealthy Target.FailedHealthChecks", "app-2": "unhealthy Target.FailedHealthChecks" });
  expect(await status("/")).toBe("502");
  await sh("app-1", "app start");
  expect((await Promise.all([status("/"), status("/"), status("/"), status("/")])).sort()).toEqual(["200", "200", "502", "502"]);
  await sh("app-2", "app start");
  await becomes("apps", { "app-1": "healthy", "app-2": "healthy" });
});

it("a target that is taken out and put back during a load of requests loses none of them, on the same machines", { timeout: 300_000 }, async () => {
  const machines = containers();
  const load = sh("laptop", "for i in $(seq 200); do curl -s -m 5 -o /dev/null -w '%{http_code}\\n' http://203.0.113.21/; sleep 0.02; done | sort | uniq -c | xargs");
  await lab.applyNetwork(network.replace("targets: [app-1, app-2]", "targets: [app-2]"));
  expect(await health("apps")).toEqual({ "app-1": "draining Target.DeregistrationInProgress", "app-2": "healthy" });
  expect(await servedBy(6)).toEqual(["app-2"]);
  await lab.applyNetwork(network);
  expect(await load).toBe("200 200");
  await becomes("apps", { "app-1": "healthy", "app-2": "healthy" });
  expect(containers()).toEqual(machines);
});

it("a request under way ends although its target is taken out, and is cut off after the deregistration delay", { timeout: 120_000 }, async () => {
  const slow = (seconds: number): string => `cat > /tmp/slow.sh <<'END'\nread -r line; sleep ${seconds}; printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\nConnection: close\\r\\n\\r\\nend'\nEND\nchmod 755 /tmp/slow.sh; nginx -c /etc/rempart/nginx.conf -s stop; sleep 0.5; setsid ncat -lk 0.0.0.0 80 --sh-exec 'bash /tmp/slow.sh' > /tmp/slow.log 2>&1 < /dev/null & for _ in $(seq 100); do ss -4ltnH sport = :80 | grep -q . && break; sleep 0.1; done`;
  const withDelay = network.replace("wiki: { vpc: foo, port: 80, health", "wiki: { vpc: foo, port: 80, deregistration_delay: 6, health");
  const without = withDelay.replace("targets: [wiki]", "targets: []");
  const ask = (): Promise<string> => curl("/", "-H 'Host: wiki.example.com' -w ' %{http_code}'");
  for (const [seconds, end] of [[3, "end 200"], [40, expect.not.stringContaining("200")]] as const) {
    await lab.applyNetwork(withDelay);
    await sh("wiki", slow(seconds));
    const answer = ask();
    await vi.waitFor(async () => expect(await sh("wiki", "pgrep -f slow.sh | wc -l")).not.toBe("0"), { timeout: 20_000 });
    await lab.applyNetwork(without);
    const begun = Date.now();
    expect(await answer).toEqual(end);
    expect(Date.now() - begun).toBeLessThan(25_000);
    await sh("wiki", "pkill ncat; sleep 0.2");
  }
});

it("an apply of what is there already starts no new worker, and a balancer whose machine was killed comes back with what it had", { timeout: 120_000 }, async () => {
  await lab.applyNetwork(network);
  const workers = (): Promise<string> => sh("public", "pgrep haproxy | sort | xargs");
  const before = await workers();
  await lab.apply();
  expect(await workers()).toBe(before);
  await harness.engine.restartContainer(lab.machines.containerOf("public"));
  await lab.machines.refresh("public");
  await lab.repairWiring();
  await becomes("apps", { "app-1": "healthy", "app-2": "healthy" });
  expect(await status("/")).toBe("200");
});

it("targets whose security group lets nobody in are unhealthy for their silence, and a visitor gets 504 once the balancer has waited its time", { timeout: 120_000 }, async () => {
  await lab.applyNetwork(network.replace("{ protocol: tcp, port: 8080, security_groups: [balancer] }, ", ""));
  expect(await status("/")).toBe("504");
  await becomes("apps", { "app-1": "unhealthy Target.Timeout", "app-2": "unhealthy Target.Timeout" });
});
