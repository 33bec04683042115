/** The registries' mirror, in the settings. */
export const mirrorEn = {
  label: "Registry mirror",
  hint: "Host, port and path of a registry that is asked instead of the projects’ own (kind’s node, Debian’s base), for example registry.example:5000/mirror. Empty: theirs.",
  overridden: "The variable REMPART_REGISTRY_MIRROR comes first while it is there: {mirror}",
  faults: "{count} {count|fault|faults}: a mirror like this is not used.",
} as const;
