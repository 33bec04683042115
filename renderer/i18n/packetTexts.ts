import { packetsEn } from "./packets.en.ts";
import { packetsFr } from "./packets.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of live packets: `useTranslate(packetTexts)`. */
export const packetTexts = defineTexts<PacketKey>(packetsFr, packetsEn);
export type PacketKey = keyof typeof packetsFr;
