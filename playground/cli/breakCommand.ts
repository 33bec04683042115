import type { BreakageState } from "../contract/breakagesContract.ts";
import type { RempartClient } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Console } from "./console.ts";
import { resolveLab } from "./resolveLab.ts";

interface Options {
  readonly json?: boolean;
  readonly list?: boolean;
  readonly undo?: boolean;
  readonly undoAll?: boolean;
  readonly hide?: boolean;
  readonly reveal?: boolean;
  readonly loss?: string;
  readonly delay?: string;
}

/** `rempart break LAB [FAULT TARGET…]`: breaks something on purpose, shows what is broken, and takes it back. */
export const addBreakCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  const text = console.text.bind(console);
  addCommand(program, commandLine, "break <lab> [fault...]", { fr: "casser exprès quelque chose dans un lab qui tourne, et le remettre", en: "break something on purpose in a lab that runs, and take it back" }, [
    "break 07-route-tables-gateways --list",
    "break 07-route-tables-gateways drop-route foo-private 0.0.0.0/0 --hide",
    "break 07-route-tables-gateways impair web --loss 30",
    "break 07-route-tables-gateways --undo drop-route foo-private 0.0.0.0/0",
    "break 07-route-tables-gateways --undo-all",
  ])
    .option("--list", text({ fr: "montrer ce qui peut être cassé", en: "show what can be broken" }))
    .option("--undo", text({ fr: "remettre ce qui est nommé", en: "take back what is named" }))
    .option("--undo-all", text({ fr: "tout remettre", en: "take everything back" }))
    .option("--hide", text({ fr: "cacher ce qui est cassé : seuls les effets se voient", en: "hide what is broken: only what is felt shows" }))
    .option("--reveal", text({ fr: "montrer ce qui était caché", en: "show what was hidden" }))
    .option("--loss <percent>", text({ fr: "pertes d’un câble (impair), en pour cent", en: "loss of a cable (impair), in percent" }))
    .option("--delay <ms>", text({ fr: "retard d’un câble (impair), en millisecondes", en: "delay of a cable (impair), in milliseconds" }))
    .addHelpText("after", `\n${text({
      fr: "network.yml ne change pas, et la réparation automatique respecte ce qui est cassé. Sans rien d’autre, la commande\nmontre ce qui est cassé. Tout est remis quand le lab s’arrête.",
      en: "network.yml does not change, and what is broken is not mended by itself. Without anything else, the command shows\nwhat is broken. Everything is taken back when the lab goes down.",
    })}`)
    .action((argument: string, words: string[], options: Options) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        const state = await act(client, lab, words.join(" "), options);
        if (options.json) console.printJson(state);
        else {
          if (options.list) printOffers(console, state);
          printState(console, state, text);
        }
        return undefined;
      }),
    );
};

async function act(client: RempartClient, lab: string, breakage: string, options: Options): Promise<BreakageState> {
  const [lossPercent, delayMilliseconds] = [numberOf("--loss", options.loss, 100), numberOf("--delay", options.delay, 5000)];
  let state: BreakageState | undefined;
  if (options.undoAll) state = await client.call("breakages.undoAll", { lab });
  else if (options.undo) state = await client.call("breakages.undo", { lab, breakage });
  else if (breakage !== "") {
    state = await client.call("breakages.make", { lab, breakage, ...(options.hide ? { hide: true } : {}), ...(lossPercent === undefined ? {} : { lossPercent }), ...(delayMilliseconds === undefined ? {} : { delayMilliseconds }) });
  } else if (options.hide || options.reveal) state = await client.call("breakages.hide", { lab, hidden: options.hide === true });
  return state ?? client.call("breakages.get", { lab });
}

function numberOf(option: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() !== "" && number >= 0 && number <= most) return number;
  throw new RempartError("input.bad-arguments", `${option} : 0-${most}`, { kind: "input", next: `rempart break --help` });
}

function printOffers(console: Console, { offers }: BreakageState): void {
  for (const { id, text, path } of offers) {
    console.print(console.paint("cyan", id));
    const felt = path ? console.text({ fr: ` ; ${path.from} → ${path.to} ${path.port ?? path.protocol} ne passe plus`, en: `; ${path.from} → ${path.to} ${path.port ?? path.protocol} passes no more` }) : "";
    console.print(console.paint("dim", `    ${console.text(text)}${felt}`));
  }
  console.print("");
}

function printState(console: Console, { hidden, breakages, drill }: BreakageState, text: Console["text"]): void {
  if (drill?.state === "broken") return console.print(text({ fr: `Un exercice est en cours (graine ${drill.seed}) : ce qui est cassé est caché.`, en: `A drill is under way (seed ${drill.seed}): what is broken is hidden.` }));
  if (hidden) return console.print(text({ fr: "Ce qui est cassé est caché.", en: "What is broken is hidden." }));
  if (breakages.length === 0) return console.print(text({ fr: "Rien n’est cassé exprès.", en: "Nothing is broken on purpose." }));
  for (const { id, text: what, at, by } of breakages) {
    console.print(`${console.paint("yellow", text(what))}  ${console.paint("dim", `${by}, ${new Date(at).toLocaleTimeString(console.language)}`)}`);
    console.print(console.paint("dim", `    ${id}`));
  }
}
