/**
 * `npm start [-- --lab LAB]`: from a fresh clone to Rempart's window. Dependencies, build, Docker and images are each done
 * when missing, and skipped in no time when there.
 */
import { ensureBuild } from "./build.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { prepareMachine } from "./machine.mjs";
import { Steps } from "./steps.mjs";
import { say, seconds } from "./texts.mjs";
import { openWindow } from "./window.mjs";

const steps = new Steps();
try {
  await ensureDependencies(steps);
  await ensureBuild(steps);
} catch (error) {
  steps.note(error.message);
  steps.note(say("Rempart n’a pas pu être construit. Corrigez ce qui précède, puis relancez `npm start`.", "Rempart could not be built. Mend what is said above, then run `npm start` again."));
  process.exit(3);
}
// Whatever is missing, the window opens: it shows the list of what to do.
const ready = await prepareMachine(steps).catch((error) => {
  steps.note(error.message);
  return false;
});
if (ready) steps.note(say(`Prêt en ${seconds(steps.elapsed())}.`, `Ready in ${seconds(steps.elapsed())}.`));
await openWindow(steps, process.argv.slice(2));
