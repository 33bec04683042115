import { defineConfig } from "vitest/config";
import { isQuickRun } from "./playground/testing/chosenLabs.ts";
import { LongestFirst } from "./playground/testing/longestFirst.ts";

const ignored = ["node_modules/**", "out/**", "dist/**", "e2e/**"];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["{playground,renderer,electron}/**/*.test.{ts,tsx}"],
          exclude: [...ignored, "**/*.{integration,cluster}.test.ts"],
          // They keep no state of their own: modules are loaded once for all files, in a fifth of the time.
          isolate: false,
          // `npm test` runs them beside lint.
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        // Tests that need a Kubernetes cluster: `npm run test:cluster` alone.
        test: {
          name: "cluster",
          environment: "node",
          include: ["{playground,electron}/**/*.cluster.test.ts"],
          exclude: ignored,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
          pool: "forks",
        },
      },
      {
        test: {
          name: "integration",
          environment: "node",
          include: ["{playground,electron,bench}/**/*.integration.test.ts"],
          exclude: ignored,
          // Real labs on the one Docker engine of this machine: two files at a time, and time enough for a cold start. Three in the quick run,
          // where no file is as long as all others together: much of their time is waiting.
          testTimeout: 180_000,
          hookTimeout: 240_000,
          maxWorkers: isQuickRun() ? 3 : 2,
          // Within one file, where it says that its tests may: most of their time goes into waiting for silence.
          maxConcurrency: 3,
          pool: "forks",
        },
      },
    ],
  },
});
