#!/usr/bin/env node
/** The command `rempart` of a checkout: makes sure that dependencies and build are current, then runs the built program. */
import { join } from "node:path";
import { buildIsCurrent, dependenciesAreCurrent, root } from "../setup/checkout.mjs";

if (!dependenciesAreCurrent() || !buildIsCurrent()) {
  const [{ ensureDependencies }, { ensureBuild }, { Steps }] = await Promise.all([import("../setup/dependencies.mjs"), import("../setup/build.mjs"), import("../setup/steps.mjs")]);
  const steps = new Steps();
  try {
    await ensureDependencies(steps);
    await ensureBuild(steps);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(3);
  }
}
await import(new URL(`file://${join(root, "out", "main", "cli.js")}`).href);
