/** One forward as it stands on a command line of ssh. */
export interface SshForward {
  readonly option: "L" | "R" | "D";
  /** Port that opens: here for L and D, at the other end for R. */
  readonly port: number;
  /** Absent where whoever comes in names the destination (SOCKS). */
  readonly target: string | undefined;
}

export interface SshArguments {
  readonly forwards: readonly SshForward[];
  /** Destination of `-W`, with which a jump is made. */
  readonly standardInput: string | undefined;
}

/** Options of ssh(1) that take a value. */
const withValue = "BbcDEeFIiJLlmOoPpQRSWw";

/** Reads what a running ssh was told to forward. */
export function readSshArguments(argv: readonly string[]): SshArguments {
  const forwards: SshForward[] = [];
  let standardInput: string | undefined;
  const take = (option: string, value: string): void => {
    if (option === "W") standardInput = value.replace(/[[\]]/g, "");
    if (option === "L" || option === "R" || option === "D") forwards.push(...readForward(option, value));
    const configured = option === "o" ? /^\s*(Local|Remote|Dynamic)Forward[\s=]+(.*)$/i.exec(value) : null;
    // Configuration writes a blank where the command line writes a colon.
    if (configured?.[1] && configured[2]) take(configured[1].charAt(0).toUpperCase(), configured[2].trim().replace(/\s+/, ":"));
  };
  let words = 0;
  for (let index = 1; index < argv.length && words < 2; index++) {
    const word = argv[index] ?? "";
    if (!word.startsWith("-") || word === "-") {
      // Options may stand after the destination, not after the command.
      words += 1;
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const option = word.charAt(at);
      if (!withValue.includes(option)) continue;
      take(option, at + 1 < word.length ? word.slice(at + 1) : (argv[++index] ?? ""));
      break;
    }
  }
  return { forwards, standardInput };
}

function readForward(option: SshForward["option"], value: string): SshForward[] {
  const full = /^(?:.*:)?(\d+):(\[[^\]]+\]|[^:]+):(\d+)$/.exec(value);
  if (full && option !== "D") return [{ option, port: Number(full[1]), target: `${(full[2] ?? "").replace(/[[\]]/g, "")}:${full[3] ?? ""}` }];
  const port = /^(?:.*:)?(\d+)$/.exec(value);
  return port ? [{ option, port: Number(port[1]), target: undefined }] : [];
}
