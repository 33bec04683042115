import { defineConfig } from "@playwright/test";

/** One set of specs, two launchers: Debian's Chromium against `rempart serve`, and the Electron window. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // One lab at a time on this machine, and the specs of a file share it.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [["list"]],
  use: { screenshot: "only-on-failure", trace: "retain-on-failure" },
  projects: [{ name: "browser" }, { name: "electron" }],
});
