import { describe, expect, it } from "vitest";
import { fakeTunnels } from "../dev/fakeObservations.ts";
import { describeTunnel } from "../topology/describeTunnel.ts";
import { observationEn } from "./observation.en.ts";
import { observationFr } from "./observation.fr.ts";
import { observationTexts, sizeText, type ObservationKey } from "./observationTexts.ts";
import { createTranslate } from "./translate.tsx";

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();
const [french, english] = [createTranslate(observationTexts, "fr"), createTranslate(observationTexts, "en")];

it("has the same values in both languages, and none of our jargon", () => {
  for (const key of Object.keys(observationFr) as ObservationKey[]) {
    expect(placeholders(observationFr[key]), key).toEqual(placeholders(observationEn[key]));
    expect(`${observationFr[key]} ${observationEn[key]}`).not.toMatch(/fabric/i);
  }
});

it("writes sizes as the language does", () => {
  expect(sizeText(french, 900)).toBe("900 o");
  expect(sizeText(french, 5800)).toBe("5,7 Kio");
  expect(sizeText(english, 12_600)).toBe("12 KiB");
  expect(sizeText(english, 3_500_000)).toBe("3.3 MiB");
});

describe("describeTunnel", () => {
  const [forward] = fakeTunnels;
  it("says where a forward leads, what went through and what passes now", () => {
    expect(describeTunnel(forward!, english)).toBe("Port 8080 of laptop leads, by bastion, to 10.0.80.20:8080. 12 KiB went through it. At this moment: 10.0.80.20:8080.");
  });

  it("does not claim a destination that was not seen, and says that a VPN sleeps", () => {
    const unknown = { ...forward!, target: undefined, exit: undefined, carries: [], bytes: 0 };
    expect(describeTunnel(unknown, english)).toBe("Port 8080 of laptop leads to a port that bastion reaches.");
    expect(describeTunnel({ ...unknown, kind: "wireguard", name: "wg0", state: "idle" }, french)).toMatch(/^WireGuard entre laptop et bastion\. Aucune poignée de main/);
  });
});
