import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { assetsFolder } from "./assetsFolder.ts";
import { cacheFolder } from "./cacheFolder.ts";
import { goToolchain } from "./goToolchain.ts";

/** Here, and not among the unit tests: only who builds a cluster's images has a Go compiler for sure. */
it("the sample apps of the cluster labs pass their own tests", async () => {
  const go = await goToolchain(cacheFolder(), () => undefined);
  const { stdout } = await promisify(execFile)(go, ["test", "-count=1", "./..."], {
    cwd: join(assetsFolder(), "images", "apps"),
    env: { ...process.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off" },
  });
  expect(stdout.match(/^ok\s+rempart\/apps\/\S+/gm)).toHaveLength(4);
});
