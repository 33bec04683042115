import type { Language } from "../model/localized.ts";

/** How a report writes moments; `sameDay` leaves the date away where all of an attempt is of one day. */
export interface ReportTimes {
  readonly moment: (at: string) => string;
  readonly long: (at: string) => string;
  readonly day: (at: string) => string;
}

/** `timeZone`: IANA name; that of this computer by default. */
export function reportTimes(language: Language, ats: readonly string[], timeZone?: string): ReportTimes {
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", ...zone });
  const short = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", ...zone });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", ...zone });
  const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium", ...zone });
  const write = (format: Intl.DateTimeFormat) => (at: string): string => {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? at : format.format(date);
  };
  const days = new Set(ats.map(write(day)));
  return { moment: write(days.size > 1 ? short : time), long: write(long), day: write(day) };
}
