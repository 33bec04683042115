import type { CheckProbe } from "./checkKind.ts";

/** Judges the applied network: values such as `${subnets.foo-public.cidr_block}`. */
export const networkCheck: CheckProbe<"network"> = async (check, runtime) => {
  const facts = check.expect.map((fact) => {
    const value = runtime.interpolate(fact.value);
    const name = fact.value.replace(/^\$\{(.*)\}$/, "$1");
    return { name, value, isThere: !value.includes("${"), fits: value === runtime.interpolate(fact.equals) };
  });
  const wrong = facts.find((fact) => !fact.fits) ?? facts[0];
  const output = facts.map((fact) => `${fact.name} = ${fact.isThere ? quoted(fact.value) : "—"}`).join("\n");
  const passed = facts.every((fact) => fact.fits);
  if (wrong === undefined) return { passed, command: "", output, summary: { fr: "rien à comparer", en: "nothing to compare" } };
  const summary = wrong.isThere
    ? { fr: `${wrong.name} = ${quoted(wrong.value)}`, en: `${wrong.name} = ${quoted(wrong.value)}` }
    : { fr: `${wrong.name} n’existe pas encore dans ce qui est appliqué`, en: `${wrong.name} does not exist yet in what is applied` };
  return { passed, command: "rempart status", output, summary };
};

function quoted(value: string): string {
  return value === "" ? '""' : value;
}
