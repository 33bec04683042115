import type { PathQuestion } from "./path.ts";

/** Where a command of a shell connects to: the question of a path but for its start. */
export type CommandTarget = Pick<PathQuestion, "to" | "protocol" | "port">;

/** Options whose value is the next word, of each program. What is not here stands alone or holds its value. */
const valued: Readonly<Record<string, string>> = {
  curl: "-m -o -w -H -X -d -u -A -e -b -c -T -F -E -K --max-time --connect-timeout --output --write-out --header --request --data --user --interface --cacert --cert --key --resolve --connect-to --retry --retry-delay --noproxy --limit-rate",
  wget: "-O -T -t -o -U --timeout --tries --header",
  nc: "-w -p -s -i", ncat: "-w -p -s -i", telnet: "", ping: "-c -W -w -t -I -s -i -M", ssh: "-o -i -l -F -L -R -D -c -m -b -E -W -S -Q", dig: "-b -k -t -c -q -x",
};

/**
 * The first connection that a command makes, as far as its words tell: of curl, wget, nc, ssh, ping, dig, telnet and `openssl s_client`.
 * Through a proxy or a jump host, the connection that leaves the machine. Undefined where there is none, or it stays in the machine.
 */
export function commandTarget(command: string): CommandTarget | undefined {
  for (const segment of command.split(/[;\n]|&&|\|\|?/)) {
    const words = [...segment.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
    const at = words.findIndex((word) => Object.hasOwn(valued, word) || word === "openssl");
    const [program = "", ...rest] = at < 0 ? [] : words.slice(at);
    const target = at < 0 ? undefined : targetOf(program, rest);
    if (target !== undefined && !/^(127\.|localhost$|::1$|$)/.test(target.to) && !/[$`{]/.test(target.to)) return target;
  }
  return undefined;
}

function targetOf(program: string, words: readonly string[]): CommandTarget | undefined {
  const { options, others } = sort(program, words);
  const option = (...names: string[]): string | undefined => names.map((name) => options.get(name)).find((value) => value !== undefined);
  switch (program) {
    case "curl":
    case "wget": {
      const proxy = option("-x", "--proxy", "--socks5", "--socks5-hostname");
      if (proxy !== undefined) return hostAndPort(proxy.replace(/^\w+:\/\//, ""), 1080);
      const url = others.find((word) => /^https?:\/\//.test(word)) ?? others.find((word) => /^[\w.:[\]-]+(\/|$)/.test(word));
      if (url === undefined) return undefined;
      const authority = url.replace(/^https?:\/\//, "").split(/[/?#]/)[0] ?? "";
      return hostAndPort(authority.replace(/^[^@]*@/, ""), url.startsWith("https:") ? 443 : 80);
    }
    case "nc":
    case "ncat":
    case "telnet": {
      const [host, port] = others;
      return host === undefined || port === undefined ? undefined : withPort(host, port, words.some((word) => /^-[a-z]*u/.test(word)) ? "udp" : "tcp");
    }
    case "ssh": {
      const jump = option("-J");
      const destination = (jump ?? others[0])?.split(",")[0]?.replace(/^ssh:\/\//, "").replace(/^[^@]*@/, "");
      return destination === undefined ? undefined : hostAndPort(destination, jump === undefined ? Number(option("-p") ?? 22) : 22);
    }
    case "ping":
      return others[0] === undefined ? undefined : { to: others[0], protocol: "icmp" };
    case "dig": {
      const server = words.find((word) => word.startsWith("@"));
      return server === undefined ? undefined : withPort(server.slice(1), option("-p") ?? "53", words.includes("+tcp") ? "tcp" : "udp");
    }
    default: {
      const connect = words[words.indexOf("-connect") + 1];
      return words[0] === "s_client" && words.includes("-connect") && connect !== undefined ? hostAndPort(connect, 443) : undefined;
    }
  }
}

/** Options with their values, and what is none. Letters of one word may stand together: the last one has the value. */
function sort(program: string, words: readonly string[]): { options: Map<string, string>; others: string[] } {
  const takes = new Set([...(valued[program] ?? "").split(" "), ...(program === "curl" || program === "wget" ? ["-x", "--proxy", "--socks5", "--socks5-hostname"] : []), ...(program === "ssh" ? ["-p", "-J"] : []), ...(program === "dig" ? ["-p"] : [])]);
  const options = new Map<string, string>();
  const others: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (/^[\d&]*[<>]/.test(word)) continue;
    if (!word.startsWith("-")) {
      others.push(word);
      continue;
    }
    const [name = "", value] = word.startsWith("--") ? word.split("=", 2) : [word.length > 2 ? `-${word.at(-1) ?? ""}` : word];
    if (value !== undefined) options.set(name, value);
    else if (takes.has(name)) options.set(name, words[++index] ?? "");
  }
  return { options, others };
}

function hostAndPort(text: string, usual: number): CommandTarget | undefined {
  const found = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(text);
  return found?.[1] === undefined ? undefined : withPort(found[1], found[2] ?? String(usual), "tcp");
}

function withPort(to: string, port: string, protocol: "tcp" | "udp"): CommandTarget | undefined {
  const number = Number(port);
  return Number.isInteger(number) && number >= 1 && number <= 65535 ? { to, protocol, port: number } : undefined;
}
