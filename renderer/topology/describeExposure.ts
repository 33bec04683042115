import { countExposure, exposureAt, exposureOf, type Exposure, type PlaceExposure } from "../../playground/model/exposure.ts";
import type { ExposureTranslate } from "../i18n/exposureTexts.ts";

/** What a scan found at an element of the picture, as a sentence for the tooltip and for screen readers; empty where it asked nothing there. */
export function describeExposure(exposure: Exposure | undefined, element: string, { t }: Pick<ExposureTranslate, "t">): string {
  const place = exposure && (exposureAt(exposure, element) ?? gatewayPlace(exposure, element));
  if (exposure === undefined || place === undefined) return "";
  const { from } = exposure;
  const said = place.open.length > 0 ? t("exposure.hover.open", { from, count: place.open.length, ports: place.open.join(", ") }) : t("exposure.hover.silent", { from });
  return [said, ...(place.differing > 0 ? [t("exposure.hover.differs", { count: place.differing })] : []), ...(exposure.isStale ? [t("exposure.hover.stale")] : [])].join(" ");
}

/** All public addresses of an internet gateway together: each port with its address. */
function gatewayPlace(exposure: Exposure, gateway: string): PlaceExposure | undefined {
  const places = exposure.addresses.filter((one) => one.gateway === gateway).map((one) => ({ address: one.address, place: exposureOf(exposure, one.address) }));
  if (places.length === 0) return undefined;
  return { open: places.flatMap(({ address, place }) => (place?.open ?? []).map((port) => `${address}:${port}`)), differing: places.reduce((sum, { place }) => sum + (place?.differing ?? 0), 0) };
}

/** `3 portes ouvertes, 2 adresses sur 4`. */
export function exposureCount(exposure: Exposure, { t }: Pick<ExposureTranslate, "t">): string {
  const { ports, addresses } = countExposure(exposure);
  return t("exposure.count", { ports, addresses, asked: exposure.addresses.length });
}
