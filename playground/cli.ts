import packageJson from "../package.json" with { type: "json" };
import { connect, openCapture, refuseWithoutTerminal } from "./cli/connect.ts";
import { chooseLanguage, createConsole } from "./cli/console.ts";
import { exitCodes } from "./cli/exitCodes.ts";
import { createNodeAccess } from "./cli/nodeAccess.ts";
import { printError } from "./cli/printError.ts";
import { runProgram } from "./cli/program.ts";
import { resolvePaths } from "./services/paths.ts";

/** The command `rempart`. */
const userArguments = process.argv.slice(2);
const { env: environment, stdout, stderr } = process;
const console = createConsole({ language: chooseLanguage(userArguments, environment), environment, stdout, stderr });
const paths = resolvePaths(environment);

// `rempart … | head` closes our output: that is no error.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.done);
});

try {
  await runProgram(
    {
      console,
      environment,
      version: packageJson.version,
      paths,
      connect: (options) => connect(paths, options),
      nodeAccess: () => Promise.resolve(createNodeAccess(paths.scope, (lab, node) => refuseWithoutTerminal(paths, lab, node))),
      capture: () => openCapture(paths),
      setExitCode: (code) => {
        process.exitCode = code;
      },
    },
    userArguments,
  );
} catch (error) {
  printError(console, error, userArguments.includes("--json"));
  process.exitCode = exitCodes.internal;
}
// Connections to the engine may linger; what was printed is on its way first.
stdout.write("", () => process.exit());
