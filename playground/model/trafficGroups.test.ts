import { expect, it } from "vitest";
import { fakeClusterView } from "../../renderer/dev/fakeCluster.ts";
import { trafficGroups } from "./trafficGroups.ts";

it("joins what the pods of one workload send to those of another", () => {
  const groups = trafficGroups(fakeClusterView);
  const frontend = groups.find((group) => group.from === "sample-app-frontend");
  expect(frontend).toMatchObject({ to: "sample-app-backend", rate: 7.5, requests: 40, errors: 2, fault: "UT", encryption: "mtls", refusals: 0 });
  expect([frontend?.sources.length, frontend?.targets.length]).toEqual([2, 1]);
  expect(groups.find((group) => group.from === "curl")).toMatchObject({ refusals: 3, encryption: "plain", policies: [{ kind: "PeerAuthentication", name: "default" }], detail: "filter_chain_not_found" });
  expect(groups.find((group) => group.from === "203.0.113.50")).toMatchObject({ sources: [], encryption: "plain" });
});

it("does not call a group encrypted of which a part is not", () => {
  const traffic = fakeClusterView.traffic.map((edge, index) => (index === 1 ? { ...edge, encryption: "plain" as const } : edge));
  expect(trafficGroups({ ...fakeClusterView, traffic }).find((group) => group.from === "sample-app-frontend")?.encryption).toBe("mixed");
});

it("does not take the node at which a caller comes in for the caller", () => {
  const traffic = ["10.0.0.101", "10.244.1.1", "203.0.113.50"].map((address, index) => ({ ...fakeClusterView.traffic[2]!, id: String(index), from: { address } }));
  expect(trafficGroups({ ...fakeClusterView, traffic }).map((group) => [group.from, group.requests])).toEqual([["", 40], ["203.0.113.50", 20]]);
});

it("leads to the pods of a service where no pod was reached", () => {
  const [first] = fakeClusterView.traffic;
  const traffic = [{ ...first!, to: { namespace: "default", service: "sample-app-backend-service" } }];
  expect(trafficGroups({ ...fakeClusterView, traffic })[0]?.targets).toHaveLength(2);
});
