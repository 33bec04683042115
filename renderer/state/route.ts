/** The places of the window. They live in the address after '#', so that back, forward and reload work. */
export type Route = { readonly screen: "library" } | { readonly screen: "studio"; readonly lab?: string } | { readonly screen: "lab"; readonly lab: string } | { readonly screen: "report"; readonly lab: string } | { readonly screen: "setup" } | { readonly screen: "settings" } | { readonly screen: "class" };

/** Reads a place; anything unknown is the library. */
export function parseRoute(hash: string): Route {
  const [screen, lab] = hash.replace(/^#\/?/, "").split("/");
  if ((screen === "lab" || screen === "report") && lab !== undefined && /^[a-z0-9][a-z0-9-]{0,60}$/.test(lab)) return { screen, lab };
  if (screen === "studio") return lab !== undefined && /^[a-z0-9][a-z0-9-]{1,40}$/.test(lab) ? { screen, lab } : { screen };
  if (screen === "setup" || screen === "settings" || screen === "class") return { screen };
  return { screen: "library" };
}

/** The address of a place, with its '#'. */
export function formatRoute(route: Route): string {
  if (route.screen === "studio") return route.lab === undefined ? "#/studio" : `#/studio/${route.lab}`;
  return route.screen === "lab" || route.screen === "report" ? `#/${route.screen}/${route.lab}` : `#/${route.screen === "library" ? "" : route.screen}`;
}

/** The lab that a place shows, as its picture or its report. */
export function labOf(route: Route): string | undefined {
  return route.screen === "lab" || route.screen === "report" ? route.lab : undefined;
}
