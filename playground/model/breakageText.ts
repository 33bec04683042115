import { attributeText } from "./attributeText.ts";
import type { Breakage } from "./breakage.ts";
import type { Lab, Localized } from "./lab.ts";

/** What is broken, in a few words of both languages; of what a lab's author prepared, in theirs. */
export function breakageText({ fault, target: [name = "", second = "", third = ""], lossPercent = 0, delayMilliseconds = 0 }: Breakage, lab?: Pick<Lab, "breakages">): Localized {
  switch (fault) {
    case "drop-route":
      return { fr: `Route ${second} retirée de la table ${name}`, en: `Route ${second} taken out of the table ${name}` };
    case "close-port":
      return { fr: `Règle « ${attributeText("ingress", second, "fr")} » retirée du groupe de sécurité ${name}`, en: `Rule “${second}” taken out of the security group ${name}` };
    case "deny-port":
      return {
        fr: `Règle ${third} (${second === "egress" ? "sortie" : "entrée"}) de l’ACL réseau ${name} devenue un refus`,
        en: `Rule ${third} (${second}) of the network ACL ${name} turned into a refusal`,
      };
    case "kill":
      return { fr: `Instance ${name} arrêtée`, en: `Instance ${name} switched off` };
    case "poison":
      return { fr: `Enregistrement ${third} « ${second} » de la zone ${name} empoisonné`, en: `Record ${third} “${second}” of the zone ${name} poisoned` };
    case "impair":
      return impairmentText(name, lossPercent, delayMilliseconds);
    case "prepared":
      return lab?.breakages[name]?.title ?? { fr: name, en: name };
  }
}

function impairmentText(name: string, loss: number, delay: number): Localized {
  const fr = [...(loss > 0 ? [`${loss} % de pertes`] : []), ...(delay > 0 ? [`${delay} ms de retard`] : [])].join(", ");
  const en = [...(loss > 0 ? [`${loss}% loss`] : []), ...(delay > 0 ? [`${delay} ms delay`] : [])].join(", ");
  return { fr: `Câble de ${name} dégradé${fr === "" ? "" : ` : ${fr}`}`, en: `Cable of ${name} made worse${en === "" ? "" : `: ${en}`}` };
}
