/** Texts of faults of the settings. */
export const settingsFaultTexts = {
  "settings.mirror-scheme": { en: '"{part}" does not belong to a mirror.', fr: "« {part} » n’a pas sa place dans un miroir.", hint: { en: "Leave it out: the engine chooses the protocol.", fr: "Retirez-le : le moteur choisit le protocole." } },
  "settings.mirror-account": {
    en: "A mirror is written without an account.",
    fr: "Un miroir s’écrit sans compte.",
    hint: { en: "Leave out what stands before the @: the mirror must give its images to everybody.", fr: "Retirez ce qui précède le @ : le miroir doit donner ses images à tous." },
  },
  "settings.mirror-sign": { en: 'The sign "{sign}" cannot stand in a mirror.', fr: "Le signe « {sign} » ne peut pas figurer dans un miroir." },
  "settings.mirror-host": {
    en: '"{host}" is not a registry’s host.',
    fr: "« {host} » n’est pas l’hôte d’un registre.",
    hint: { en: "Expected for example registry.example:5000; a single word needs a port, localhost apart.", fr: "Attendu par exemple registry.example:5000 ; un mot seul veut un port, sauf localhost." },
  },
  "settings.mirror-port": { en: '"{port}" is not a port.', fr: "« {port} » n’est pas un port.", hint: { en: "Expected: 1 to 65535.", fr: "Attendu : de 1 à 65535." } },
  "settings.mirror-path": {
    en: '"{part}" cannot be a part of the path.',
    fr: "« {part} » ne peut pas être une partie du chemin.",
    hint: { en: "Lower-case letters and digits, with '.', '_' or '-' between them; no image, tag or digest.", fr: "Des minuscules et des chiffres, avec « . », « _ » ou « - » entre eux ; ni image, ni étiquette, ni empreinte." },
  },
} as const;
