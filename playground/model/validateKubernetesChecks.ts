import type { FaultList, FaultPath } from "./faults.ts";
import { type KubernetesField, parseFieldPath } from "./kubernetesCheck.ts";
import type { Lab } from "./lab.ts";
import { addPatternFaults } from "./validateChecks.ts";

/** Checks of the kind `kubernetes`: the cluster that is meant, and what is said of its objects. `clusters`: those that the lab has or will have. */
export function addKubernetesCheckFaults(list: FaultList, lab: Lab, clusters: readonly string[]): void {
  lab.checks.forEach((check, index) => {
    if (check.kind !== "kubernetes") return;
    const path = ["checks", index];
    const { cluster, object, expect } = check;
    if (cluster !== undefined && !clusters.includes(cluster)) list.addUnknown("lab.unknown-cluster", [...path, "cluster"], cluster, clusters);
    if (cluster === undefined && clusters.length !== 1) list.add("lab.cluster-missing", path, { count: String(clusters.length) });
    if ((object.name === undefined) === (object.label_selector === undefined)) list.add("lab.kubernetes-object", [...path, "object"]);
    if (expect.count !== undefined && object.label_selector === undefined) list.add("lab.kubernetes-count", [...path, "expect", "count"]);
    if (!expect.exists && (expect.fields.length > 0 || expect.count !== undefined)) list.add("lab.kubernetes-absent-fields", [...path, "expect", "exists"]);
    expect.fields.forEach((field, position) => addFieldFaults(list, [...path, "expect", "fields", position], field));
  });
}

function addFieldFaults(list: FaultList, path: FaultPath, field: KubernetesField): void {
  const said = [field.equals, field.matches, field.at_least, field.absent].filter((value) => value !== undefined);
  if (said.length !== 1) list.add("lab.kubernetes-field", path);
  if (!parseFieldPath(field.path)) list.add("lab.kubernetes-path", [...path, "path"], { value: field.path });
  addPatternFaults(list, path, { matches: field.matches });
}
