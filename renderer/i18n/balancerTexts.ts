import { balancerEn } from "./balancer.en.ts";
import { balancerFr } from "./balancer.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of load balancers and of their targets' health: `useTranslate(balancerTexts)`. */
export const balancerTexts = defineTexts<BalancerKey>(balancerFr, balancerEn);
export type BalancerKey = keyof typeof balancerFr;
export type BalancerTranslate = Translate<BalancerKey>;
