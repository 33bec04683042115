import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import type { ClusterTranslate } from "../i18n/clusterTexts.ts";
import type { TrafficWords } from "../../playground/picture/trafficScene.ts";

/**
 * What is said of traffic, in the reader's language: short, as it stands in the picture.
 * @param short what a workload is called there
 */
export function trafficWords({ t, number }: ClusterTranslate, short: (name: string) => string = String): TrafficWords {
  const milliseconds = (value: number): string => number(value, value < 10 ? 1 : 0);
  return {
    ends: (group) => `${group.from === "" ? t("traffic.outside") : short(group.from)} → ${short(group.to)}`,
    volume: (group) => (group.rate > 0 ? t("traffic.rate", { rate: number(group.rate, 1) }) : t("traffic.count", { count: group.requests })),
    latency: (group) => (group.median === undefined ? undefined : t("traffic.latency", { median: milliseconds(group.median) })),
    errors: (group) => (group.errors === 0 ? undefined : group.fault === undefined ? t("traffic.errors", { count: group.errors }) : t("traffic.errorsFlag", { count: group.errors, fault: group.fault })),
    refused: (group) => {
      if (group.refusals === 0) return undefined;
      return group.policies.length === 0 ? t("traffic.refusedCount", { count: group.refusals }) : t("traffic.refusedBy", { count: group.refusals, policies: group.policies.map((policy) => `${policy.kind} ${policy.name}`).join(", ") });
    },
  };
}

/** The same in sentences: for a tooltip, the list and a screen reader. */
export function describeTraffic(group: TrafficGroup, translate: ClusterTranslate): string {
  const { t, number } = translate;
  const words = trafficWords(translate);
  const latency = group.median === undefined || group.high === undefined ? undefined : t("traffic.latencies", { median: number(group.median, 1), high: number(group.high, 1) });
  const parts = [words.volume(group), words.errors(group), words.refused(group), group.rate === 0 ? t("traffic.idle") : undefined, latency].filter((part) => part !== undefined);
  return `${t("traffic.hover", { from: group.from === "" ? t("traffic.outside") : group.from, to: group.to, lock: t(`traffic.${group.encryption}`) })} ${parts.join(", ")}.`;
}
