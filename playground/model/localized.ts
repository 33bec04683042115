import { z } from "zod";

/** A text in both languages of the product. */
export const localizedSchema = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });
export type Localized = z.infer<typeof localizedSchema>;
export type Language = "fr" | "en";
