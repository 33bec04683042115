import { expect, test } from "vitest";
import { healthSeparator } from "../model/balancerProgram.ts";
import { resolveCloud } from "../model/resolve.ts";
import { balancerLabText, balancerNetworkText } from "../model/testBalancer.ts";
import { edit, testFiles } from "../model/testCloud.ts";
import { balancersView, observeBalancers, parseHealth } from "./targetHealth.ts";

const { lab, network } = testFiles(balancerNetworkText, balancerLabText);
const cloud = resolveCloud(lab, network);
const row = (group: string, target: string, status: string, check: string, code: string): string => `${group},${target},0,1,2,3,4,5,6,7,8,${status},${check},${code},`;
const answer = (...rows: string[]): string => ["# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,status,check_status,check_code,", ...rows, "", healthSeparator, "apps gone:8080", ""].join("\n");
const states = (text: string, isRunning = (_node: string): boolean => true): string[] =>
  balancersView(cloud, new Map([["public", [parseHealth(text)]]]), isRunning).targetGroups.flatMap((group) => group.targets.map(({ instance, port, state, reason, codes }) => [`${group.name}/${instance}:${port}`, state, reason, codes].filter(Boolean).join(" ")));

test.each([
  ["UP", "L7OK", "200", "healthy"],
  ["UP 1/2", "L7STS", "503", "healthy"],
  ["DOWN", "INI", "", "initial Elb.InitialHealthChecking"],
  ["DOWN", "L7STS", "503", "unhealthy Target.ResponseCodeMismatch 503"],
  ["DOWN", "* L7STS", "404", "unhealthy Target.ResponseCodeMismatch 404"],
  ["DOWN", "L4TOUT", "", "unhealthy Target.Timeout"],
  ["DOWN", "L7TOUT", "", "unhealthy Target.Timeout"],
  ["DOWN", "L4CON", "", "unhealthy Target.FailedHealthChecks"],
  ["DOWN 1/2", "L7OK", "200", "unhealthy Target.FailedHealthChecks"],
])("%s after %s %s is %s", (status, check, code, expected) => {
  expect(states(answer(row("apps", "app:8080", status, check, code), row("apps.open", "app:8080", "no check", "", ""), row("apps", "web:8081", "UP", "L7OK", "200"), row("wiki", "app:8080", "UP", "L7OK", "200")))).toEqual([
    `apps/app:8080 ${expected}`, "apps/web:8081 healthy", "apps/gone:8080 draining Target.DeregistrationInProgress", "wiki/app:8080 healthy",
  ]);
});

test("a target whose machine stands still is unused, and one of which the balancer says nothing is unavailable", () => {
  expect(states(answer(row("apps", "app:8080", "DOWN", "L4CON", "")), (node) => node !== "app")).toEqual(["apps/app:8080 unused Target.InvalidState", "apps/web:8081 unavailable Elb.InternalError", "apps/gone:8080 draining Target.DeregistrationInProgress", "wiki/app:8080 unused Target.InvalidState"]);
});

test("of several nodes the one that sees a target worst is believed", () => {
  const node = (status: string, check: string) => parseHealth(answer(row("apps", "app:8080", status, check, ""), row("apps", "web:8081", "UP", "L7OK", "200")));
  const [group] = balancersView(cloud, new Map([["public", [node("UP", "L7OK"), node("DOWN", "L7TOUT")]]]), () => true).targetGroups;
  expect(group?.targets.map(({ state }) => state)).toEqual(["unhealthy", "healthy", "draining"]);
});

test("a group that no listener names is unused; listeners come with their rules by priority, the default action last", async () => {
  const text = edit(balancerNetworkText, ["  empty: {vpc: foo, port: 80}", "  empty: {vpc: foo, port: 80}\n  spare: {vpc: foo, port: 80, targets: [web]}"]);
  const view = await observeBalancers(resolveCloud(lab, testFiles(text, balancerLabText).network), () => Promise.reject(new Error("the node is gone")));
  expect(view.targetGroups.find(({ name }) => name === "spare")?.targets).toEqual([{ instance: "web", port: 80, address: "10.0.0.10", state: "unused", reason: "Target.NotInUse" }]);
  expect(view.targetGroups.find(({ name }) => name === "apps")?.targets[0]?.state).toBe("unavailable");
  expect(view.loadBalancers[0]?.listeners[0]?.rules.map(({ name, priority, action }) => [name, priority, action.type])).toEqual([["sorry", 5, "fixed-response"], ["wiki", 20, "forward"], [undefined, undefined, "forward"]]);
});
