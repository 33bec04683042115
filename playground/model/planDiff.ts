import type { Cloud } from "./cloud.ts";
import type { Lab } from "./lab.ts";
import { resourceKinds } from "./network.ts";
import type { AttributeChange, Plan, PlanChange } from "./plan.ts";
import { type Attribute, type ComparableResource, comparableResources } from "./resourceAttributes.ts";

/**
 * What an apply would do: from the cloud that runs (undefined when nothing does) to the one that `network.yml` describes.
 * Creations and changes stand in the order of creation, then destructions in the reverse order.
 *
 * @throws TypeError when a cloud is that of another lab.
 */
export function planNetwork(lab: Lab, before: Cloud | undefined, after: Cloud): Plan {
  for (const cloud of [before, after]) {
    if (cloud && cloud.lab !== lab.id) throw new TypeError(`the cloud of ${cloud.lab} is not that of ${lab.id}`);
  }
  const key = (resource: { kind: string; name: string }): string => `${resource.kind}.${resource.name}`;
  const old = new Map((before ? comparableResources(before) : []).map((resource) => [key(resource), resource]));
  const wanted = comparableResources(after);
  const replaced = new Set<string>();
  const changes: PlanChange[] = [];
  for (const resource of wanted) {
    const previous = old.get(key(resource));
    const { kind, name, id } = resource;
    if (!previous) {
      changes.push({ action: "create", kind, name, id, attributes: resource.attributes.map((attribute) => ({ path: attribute.path, after: attribute.value, forcesReplacement: false })) });
      continue;
    }
    const attributes = [...compareAttributes(previous, resource), ...inheritedReplacements(resource, (reference) => replaced.has(key(reference)))];
    if (attributes.length === 0) continue;
    const action = attributes.some((attribute) => attribute.forcesReplacement) ? "replace" : "change";
    if (action === "replace") replaced.add(key(resource));
    changes.push({ action, kind, name, id, attributes });
  }
  const kept = new Set(wanted.map(key));
  const order = (kind: string): number => resourceKinds.findIndex((candidate) => candidate === kind);
  const destroyed = [...old.values()]
    .filter((resource) => !kept.has(key(resource)))
    .sort((a, b) => order(b.kind) - order(a.kind))
    .map(({ kind, name, id, attributes }): PlanChange => ({
      action: "destroy",
      kind,
      name,
      id,
      attributes: attributes.map((attribute) => ({ path: attribute.path, before: attribute.value, forcesReplacement: false })),
    }));
  changes.push(...destroyed, ...compareOutputs(before?.outputs ?? {}, after.outputs));
  const count = (action: PlanChange["action"]): number => changes.filter((change) => change.action === action).length;
  return { changes, create: count("create"), change: count("change"), replace: count("replace"), destroy: count("destroy") };
}

/** Outputs are no resources, but an apply is what makes them known: without them in the plan there would be nothing to apply. */
function compareOutputs(before: Cloud["outputs"], after: Cloud["outputs"]): PlanChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): PlanChange[] => {
    const [old, wanted] = [before[name], after[name]];
    if (old === wanted) return [];
    const action = old === undefined ? "create" : wanted === undefined ? "destroy" : "change";
    return [{ action, kind: "outputs", name, id: `output-${name}`, attributes: [{ path: "value", ...(old === undefined ? {} : { before: old }), ...(wanted === undefined ? {} : { after: wanted }), forcesReplacement: false }] }];
  });
}

/** Attributes that differ. Where a path has several values it is a set: what left it and what came into it. */
function compareAttributes(before: ComparableResource, after: ComparableResource): AttributeChange[] {
  const paths = [...new Set([...before.attributes, ...after.attributes].map((attribute) => attribute.path))];
  return paths.flatMap((path): AttributeChange[] => {
    const at = (resource: ComparableResource): Attribute[] => resource.attributes.filter((attribute) => attribute.path === path);
    const gone = without(at(before), at(after));
    const come = without(at(after), at(before));
    const [onlyGone] = gone;
    const [onlyCome] = come;
    if (at(before).length <= 1 && at(after).length <= 1 && onlyGone && onlyCome) {
      return [{ path, before: onlyGone.value, after: onlyCome.value, forcesReplacement: onlyGone.forcesReplacement || onlyCome.forcesReplacement }];
    }
    return [
      ...gone.map((attribute) => ({ path, before: attribute.value, forcesReplacement: attribute.forcesReplacement })),
      ...come.map((attribute) => ({ path, after: attribute.value, forcesReplacement: attribute.forcesReplacement })),
    ];
  });
}

function without(attributes: readonly Attribute[], others: readonly Attribute[]): Attribute[] {
  const left = others.map((attribute) => attribute.value);
  return attributes.filter((attribute) => {
    const index = left.indexOf(attribute.value);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** A resource inside one that is replaced is replaced with it: same name, new parent. */
function inheritedReplacements(resource: ComparableResource, isReplaced: (reference: { kind: string; name: string }) => boolean): AttributeChange[] {
  return resource.attributes.flatMap(({ path, value, reference, forcesReplacement }) =>
    forcesReplacement && reference && isReplaced(reference) ? [{ path, before: value, after: value, forcesReplacement }] : [],
  );
}
