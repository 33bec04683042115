import { clusterEn } from "./cluster.en.ts";
import { clusterFr } from "./cluster.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of Kubernetes clusters and of the traffic in them: `useTranslate(clusterTexts)`. */
export const clusterTexts = defineTexts<ClusterKey>(clusterFr, clusterEn);
export type ClusterKey = keyof typeof clusterFr;
export type ClusterTranslate = Translate<ClusterKey>;
