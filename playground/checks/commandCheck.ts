import { type CheckProbe, firstLine } from "./checkKind.ts";
import { shellInNode } from "./execInNode.ts";
import { readPicture } from "./readPicture.ts";

/** Runs a shell command in the node; judges its exit code and what it printed, on either stream. Its picture is evidence, and judged by nobody but the reader. */
export const commandCheck: CheckProbe<"command"> = async (check, runtime) => {
  const command = runtime.interpolate(check.run);
  const result = await shellInNode(runtime, check.from, command, check.timeout_seconds, check.user);
  const output = `${result.stdout}${result.stderr}`.trim();
  const { exit, matches, lacks } = check.expect;
  const passed =
    (exit === undefined || exit === result.exitCode) &&
    (matches === undefined || new RegExp(runtime.interpolate(matches), "m").test(output)) &&
    (lacks === undefined || !new RegExp(runtime.interpolate(lacks), "m").test(output));
  const line = firstLine(output.split("\n").at(-1) ?? "") || firstLine(output);
  const said = { fr: line ? ` « ${line} »` : " rien d’écrit", en: line ? ` "${line}"` : " nothing printed" };
  const image = check.picture && (await readPicture(runtime, check.from, check.picture.file));
  return {
    passed,
    command,
    output,
    ...(check.picture && image ? { picture: { image, caption: check.picture.caption } } : {}),
    summary: { fr: `code ${result.exitCode},${said.fr}`, en: `exit ${result.exitCode},${said.en}` },
  };
};
