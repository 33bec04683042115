import type { CheckGrade, ClassRow, ClassTable, VerdictState } from "../../playground/contract/classTable.ts";
import type { Localized } from "../../playground/model/localized.ts";

const checks: readonly (readonly [id: string, title: Localized, of: number])[] = [
  ["public-reaches-internet", { fr: "L’instance publique sort vers Internet", en: "The public instance reaches the Internet" }, 2],
  ["nat-exit", { fr: "L’instance privée sort par la passerelle NAT", en: "The private instance leaves by the NAT gateway" }, 3],
  ["private-hidden", { fr: "L’instance privée ne s’atteint pas de dehors", en: "The private instance cannot be reached from outside" }, 2],
  ["peering", { fr: "Foo atteint Bar par l’appairage", en: "Foo reaches Bar over the peering" }, 3],
];
const messages: Readonly<Record<VerdictState, Localized>> = {
  intact: { fr: "Intact : 143 événements, chacun à sa place.", en: "Intact: 143 events, each in its place." },
  altered: { fr: "Altéré à l’événement 41 : son contenu a été changé.", en: "Altered at event 41: its content was changed." },
  truncated: { fr: "Tronqué : le fichier s’arrête au milieu.", en: "Truncated: the file ends in the middle." },
  "not-a-report": { fr: "Un PDF se lit, mais ne se vérifie pas : demandez le HTML ou le JSON.", en: "A PDF is to be read, and cannot be verified: ask for the HTML or the JSON." },
  "too-big": { fr: "Trop grand : aucun rapport n’a cette taille, il n’a pas été lu.", en: "Too big: no report has this size, it was not read." },
  "newer-format": { fr: "Écrit par un Rempart plus récent : mettez celui-ci à jour.", en: "Written by a newer Rempart: update this one." },
};

function graded(passed: number): CheckGrade[] {
  return checks.map(([check, title, of], index): CheckGrade => {
    const base = { check, title, hidden: false, of, attempts: index + 1, hints: 0 };
    if (index < passed) return { ...base, points: of, outcome: "passed", evidence: "confirmed", minutes: 8 * (index + 1), reasons: [] };
    if (index === passed) return { ...base, points: of / 2, outcome: "earlier", evidence: "confirmed", minutes: 30, reasons: [{ fr: "réussie plus tôt, échouait à la fin : 50 %", en: "passed earlier, failed at the end: 50%" }] };
    return { ...base, points: 0, outcome: "failed", evidence: "none", reasons: [{ fr: "silence pendant 3 s : paquet jeté, ou chemin sans issue", en: "silence for 3 s: packet dropped, or no way there" }] };
  });
}

function row(student: string, group: string, passed: number, state: VerdictState = "intact", file = `${student.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(" ", "-")}.html`): ClassRow {
  const isRead = state === "intact" || state === "altered";
  const list = graded(passed);
  return {
    file,
    student,
    group,
    course: isRead ? "Réseaux pour DevOps" : "",
    date: isRead ? "28 novembre 2026" : "",
    lab: isRead ? "07-route-tables-gateways" : "",
    labTitle: { fr: "Tables de routage et passerelles", en: "Route tables and gateways" },
    rempart: "0.1.0",
    verdict: { state, ...(isRead ? { lab: "same" as const } : {}), message: messages[state], reasons: [] },
    ...(isRead
      ? { grade: { points: list.reduce((sum, check) => sum + check.points, 0), of: 10, passed, checks: list, applied: 5 + passed, hints: 4 - passed, solved: passed === 2 ? ["nat"] : [], answered: 1, questions: 2, minutes: 31 + 7 * passed, startedAt: "2026-11-28T09:00:00Z", finishedAt: "2026-11-28T10:10:00Z" } }
      : {}),
    answers: isRead ? [{ question: { fr: "Pourquoi la passerelle NAT est-elle dans le sous-réseau public ?", en: "Why is the NAT gateway in the public subnet?" }, answer: "Parce que sa propre route par défaut doit mener à la passerelle Internet." }, { question: { fr: "Qui décide du retour ?", en: "Who decides the way back?" }, answer: "" }] : [],
    counts: isRead,
  };
}

/** A class as a folder of reports gives it, for the window without an engine. */
export function fakeClassTable(folder: string): ClassTable {
  const rows = [row("Amélie Bernard", "L3-A", 4), row("Bilal Haddad", "L3-A", 4), row("Chloé Dupont", "L3-B", 3), row("David Nguyen", "L3-B", 2, "altered"), row("Élise Martin", "L3-A", 1), row("Farid Lemaire", "L3-B", 4), row("", "", 0, "truncated", "rendus/tp7 (1).json"), row("", "", 0, "not-a-report", "rendus/gaelle.pdf")];
  return {
    folder,
    rows,
    copies: [
      { files: ["bilal-haddad.html", "farid-lemaire.html"], students: ["Bilal Haddad", "Farid Lemaire"], lab: "07-route-tables-gateways", strength: "certain", reasons: [{ fr: "37 événements à la même milliseconde", en: "37 events within the same millisecond" }, { fr: "2 réponses identiques", en: "2 identical answers" }] },
      { files: ["amelie-bernard.html", "chloe-dupont.html"], students: ["Amélie Bernard", "Chloé Dupont"], lab: "07-route-tables-gateways", strength: "hint", reasons: [{ fr: "le même network.yml, qui n’est pas celui du lab", en: "the same network.yml, which is not the lab's" }] },
    ],
    milliseconds: 812,
  };
}
