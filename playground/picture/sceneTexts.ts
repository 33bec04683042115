import type { Language } from "../model/localized.ts";
import type { SceneTexts } from "./buildScene.ts";

const french: SceneTexts = {
  internetGateway: "Passerelle Internet",
  resolver: "Résolveur",
  publicSubnet: "public",
  privateSubnet: "privé",
  zone: (name) => `Zone ${name}`,
  folded: (total) => `${total} ${total < 2 ? "machine" : "machines"}`,
  running: (count) => `${count} en marche`,
  more: (count) => `et ${count} de plus`,
};
const english: SceneTexts = {
  internetGateway: "Internet gateway",
  resolver: "Resolver",
  publicSubnet: "public",
  privateSubnet: "private",
  zone: (name) => `Zone ${name}`,
  folded: (total) => `${total} ${total === 1 ? "machine" : "machines"}`,
  running: (count) => `${count} running`,
  more: (count) => `and ${count} more`,
};

/** The words that stand in a picture, in a language. */
export function sceneTexts(language: Language): SceneTexts {
  return language === "fr" ? french : english;
}
