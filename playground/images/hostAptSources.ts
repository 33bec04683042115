import { hostCommand } from "../engine/hostCommand.ts";

/**
 * Mirror of Debian's archive that this machine uses for a suite, for what we build on it; undefined where it is no Debian,
 * and the tools' default then serves.
 */
export async function hostMirror(suite: string): Promise<string | undefined> {
  const targets = await hostCommand("apt-get", ["indextargets", "--format", "$(SITE)|$(RELEASE)|$(ORIGIN)", "Created-By: Packages"]);
  return targets.exitCode === 0 ? mirrorOf(targets.stdout, suite) : undefined;
}

/** Lines of apt configuration that name the proxies this machine goes through; empty without apt or proxies. */
export async function hostAptProxies(): Promise<string> {
  const settings = await hostCommand("apt-config", ["dump"]);
  return settings.exitCode === 0 ? proxiesOf(settings.stdout) : "";
}

/** The site among apt's index targets ("site|release|origin" a line) that is Debian's archive for the suite. */
export function mirrorOf(targets: string, suite: string): string | undefined {
  for (const line of targets.split("\n")) {
    const [site, release, origin] = line.split("|");
    if (site !== undefined && release === suite && (origin === "Debian" || origin === "") && /^https?:\/\/.*\/debian\/?$/.test(site)) return site;
  }
  return undefined;
}

/** The lines of `apt-config dump` that set a proxy. */
export function proxiesOf(dump: string): string {
  const lines = dump.split("\n").filter((line) => /^Acquire::\w+::Proxy(::\S+)? "[^"]+";$/.test(line));
  return lines.map((line) => `${line}\n`).join("");
}
