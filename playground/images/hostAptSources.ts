import { hostCommand } from "../engine/hostCommand.ts";

/** How the user's machine reaches Debian's packages, for what we build on it. */
export interface HostAptSources {
  /** Mirror of Debian's archive that the machine uses; undefined where it is no Debian: the tools' default then serves. */
  readonly mirror: string | undefined;
  /** Lines of apt configuration: proxies. */
  readonly configuration: string;
}

/** Reads the machine's own apt settings; on a machine without apt both are empty. */
export async function hostAptSources(suite: string): Promise<HostAptSources> {
  const [targets, settings] = await Promise.all([
    hostCommand("apt-get", ["indextargets", "--format", "$(SITE)|$(RELEASE)|$(ORIGIN)", "Created-By: Packages"]),
    hostCommand("apt-config", ["dump"]),
  ]);
  return { mirror: targets.exitCode === 0 ? mirrorOf(targets.stdout, suite) : undefined, configuration: settings.exitCode === 0 ? proxiesOf(settings.stdout) : "" };
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
