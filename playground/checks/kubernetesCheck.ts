import { describeField, judgeField, type KubernetesExpect, type KubernetesObject } from "../model/kubernetesCheck.ts";
import type { Localized } from "../model/lab.ts";
import type { CheckProbe, Seen } from "./checkKind.ts";

/** More names than this say no more. */
const namesShown = 20;

/** Reads an object of a cluster, or those with some labels, from the API server, and judges whether it is there, how many there are, and their fields. */
export const kubernetesCheck: CheckProbe<"kubernetes"> = async (check, runtime) => {
  const { expect } = check;
  const object = { ...check.object, ...(check.object.name === undefined ? {} : { name: runtime.interpolate(check.object.name) }), ...(check.object.label_selector === undefined ? {} : { label_selector: runtime.interpolate(check.object.label_selector) }) };
  const found = await runtime.kubernetes(check.cluster, object);
  const interpolate = (text: string): string => runtime.interpolate(text);
  const judged = found.map((item) => ({ name: nameOf(item), fields: expect.fields.map((field) => ({ field, ...judgeField(item, field, interpolate) })) }));
  const lines = judged.slice(0, namesShown).flatMap(({ name, fields }) => [name, ...fields.map(({ field, found: value }) => `  ${field.path} = ${value === "" ? "—" : value}`)]);
  const output = found.length > namesShown ? [...lines, `[… ${found.length - namesShown}]`].join("\n") : lines.join("\n");
  const seen = (passed: boolean, summary: Localized): Seen => ({ passed, command: kubectlCommand(object), output, summary });

  const what = `${object.kind}${object.name === undefined ? "" : ` ${object.name}`}`;
  if (found.length === 0 && expect.count !== 0) return seen(!expect.exists, { fr: `aucun ${what}`, en: `no ${what}` });
  if (!expect.exists) return seen(false, { fr: `${what} existe`, en: `${what} exists` });
  if (!countFits(expect.count, found.length)) return seen(false, { fr: `${what} : il y en a ${found.length}`, en: `${what}: there are ${found.length}` });
  const wrong = judged.flatMap(({ name, fields }) => fields.filter(({ fits }) => !fits).map((entry) => ({ name, ...entry })))[0];
  if (wrong) {
    const value = { fr: wrong.found === "" ? "absent" : wrong.found, en: wrong.found === "" ? "absent" : wrong.found };
    return seen(false, { fr: `${wrong.name} : ${wrong.field.path} est ${value.fr}, attendu ${describeField(wrong.field)}`, en: `${wrong.name}: ${wrong.field.path} is ${value.en}, expected ${describeField(wrong.field)}` });
  }
  const count = object.name === undefined ? String(found.length) : what;
  return seen(true, { fr: object.name === undefined ? `${what} : ${count}` : `${what} est comme prévu`, en: object.name === undefined ? `${what}: ${count}` : `${what} is as expected` });
};

function countFits(count: KubernetesExpect["count"], found: number): boolean {
  if (count === undefined) return true;
  return typeof count === "number" ? found === count : found >= count.at_least;
}

function nameOf(item: unknown): string {
  const metadata: unknown = typeof item === "object" && item !== null && "metadata" in item ? item.metadata : undefined;
  return typeof metadata === "object" && metadata !== null && "name" in metadata && typeof metadata.name === "string" ? metadata.name : "?";
}

/** What a student types to see the same: with group and version where kubectl would guess among several. */
function kubectlCommand({ api_version: version, kind, namespace, name, label_selector: selector }: KubernetesObject): string {
  const [group] = version.includes("/") ? version.split("/") : [];
  const type = group === undefined ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  return ["kubectl", "get", type, ...(name === undefined ? [] : [name]), ...(namespace === undefined ? [] : ["-n", namespace]), ...(selector === undefined || selector === "" ? [] : ["-l", selector]), "-o", "yaml"].join(" ");
}
