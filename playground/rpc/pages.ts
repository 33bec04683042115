/** The few pages that are shown outside the window itself; both languages, for the server does not know the reader yet. */
function page(french: string, english: string, head = ""): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}<title>Rempart</title>
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em;color-scheme:light dark}code{font-family:ui-monospace,monospace}</style>
</head><body><h1>Rempart</h1><p>${french}</p><p lang="en">${english}</p></body></html>
`;
}

const again = "<code>npx rempart serve</code>";

export const notSignedInPage = page(
  `Ce navigateur n’a pas encore été admis. Ouvrez l’adresse complète que Rempart a affichée dans le terminal ; ${again} en donne une nouvelle.`,
  `This browser has not been let in yet. Open the whole address that Rempart printed in the terminal; ${again} prints a new one.`,
);

export const alreadyUsedPage = page(
  `Cette adresse ne sert qu’une fois et a déjà servi, ou n’est plus valable. ${again} en donne une nouvelle.`,
  `This address works once and was used already, or is no longer valid. ${again} prints a new one.`,
);

export const notBuiltPage = page(
  "La fenêtre n’est pas encore construite. Lancez <code>npm run build</code>, puis rechargez cette page.",
  "The window is not built yet. Run <code>npm run build</code>, then reload this page.",
);

/** Goes on to the window without the token in the address: a reload then uses the session. */
export function enterPage(lab: string | null): string {
  const target = lab !== null && /^[a-z0-9][a-z0-9-]{0,60}$/.test(lab) ? `/#/lab/${lab}` : "/";
  return page("Ouverture…", "Opening…", `<meta http-equiv="refresh" content="0;url=${target}">`);
}
