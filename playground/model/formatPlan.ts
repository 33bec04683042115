import { attributeText } from "./attributeText.ts";
import type { Language } from "./lab.ts";
import type { AttributeChange, Plan, PlanChange } from "./plan.ts";

const symbols: Readonly<Record<PlanChange["action"], string>> = { create: "  +", change: "  ~", replace: "-/+", destroy: "  -" };

const words = {
  fr: {
    create: "créer",
    change: "modifier",
    replace: "remplacer",
    destroy: "détruire",
    forces: "force le remplacement",
    parent: "remplacé",
    nothing: "Rien à changer : le réseau qui tourne est celui de network.yml.",
    plan: (plan: Plan) => `Plan : ${plan.create} à créer, ${plan.change} à modifier, ${plan.replace} à remplacer, ${plan.destroy} à détruire.`,
  },
  en: {
    create: "create",
    change: "change",
    replace: "replace",
    destroy: "destroy",
    forces: "forces replacement",
    parent: "replaced",
    nothing: "Nothing to change: the network that runs is that of network.yml.",
    plan: (plan: Plan) => `Plan: ${plan.create} to create, ${plan.change} to change, ${plan.replace} to replace, ${plan.destroy} to destroy.`,
  },
} as const;

/** The plan as text, one resource after the other with its attributes, and the counts at the end. */
export function formatPlan(plan: Plan, language: Language): string {
  const text = words[language];
  if (plan.changes.length === 0) return `${text.nothing}\n`;
  const blocks = plan.changes.map((change) =>
    [`${symbols[change.action]} ${text[change.action]} ${change.kind}.${change.name}  # ${change.id}`, ...change.attributes.map((attribute) => formatAttribute(attribute, language))].join("\n"),
  );
  return `${[...blocks, text.plan(plan)].join("\n\n")}\n`;
}

function formatAttribute({ path, forcesReplacement, ...values }: AttributeChange, language: Language): string {
  const before = attributeText(path, values.before, language);
  const after = attributeText(path, values.after, language);
  const text = words[language];
  const forces = forcesReplacement ? `  # ${text.forces}` : "";
  if (before === undefined) return `        + ${path} = "${after ?? ""}"${forces}`;
  if (after === undefined) return `        - ${path} = "${before}"${forces}`;
  if (before === after) return `          ${path} = "${after}" (${text.parent})${forces}`;
  return `        ~ ${path} = "${before}" -> "${after}"${forces}`;
}
