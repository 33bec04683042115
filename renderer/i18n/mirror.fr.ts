/** Le miroir des registres, dans les réglages. */
export const mirrorFr = {
  label: "Miroir de registre",
  hint: "Hôte, port et chemin d’un registre interrogé à la place de ceux des projets (nœud de kind, base Debian), par exemple registry.example:5000/miroir. Vide : les leurs.",
  overridden: "La variable REMPART_REGISTRY_MIRROR l’emporte tant qu’elle est là : {mirror}",
  faults: "{count} {count|défaut|défauts} : un tel miroir ne sert pas.",
} as const;
