import { defineConfig } from "@playwright/test";

/** One set of specs, two launchers: Debian's Chromium against `rempart serve`, and the Electron window. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Each file has an installation of its own, and its specs share one lab, one after the other. Two files at a time: much of it is waiting.
  workers: 2,
  fullyParallel: false,
  // Twice what the longest needs on a computer that has nothing else to do.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [["list"]],
  // A trace pictures every step, which takes the processor that draws the window: `--trace retain-on-failure` where one is wanted.
  use: { screenshot: "only-on-failure", trace: "off" },
  projects: [{ name: "browser" }, { name: "electron" }],
});
