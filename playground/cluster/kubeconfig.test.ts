import { expect, test } from "vitest";
import { formatKubeconfig, readCredentials } from "./kubeconfig.ts";

const main = { server: "https://127.0.0.1:40123", certificateAuthority: "Y2E=", certificate: "Y2VydA==", key: "a2V5" };
const other = { ...main, server: "https://127.0.0.1:40124" };

test("a kubeconfig of two clusters gives each back, and the first by default", () => {
  const text = formatKubeconfig(new Map([["main", main], ["other", other]]));
  expect(readCredentials(text)).toEqual(main);
  expect(readCredentials(text, "kind-other")).toEqual(other);
  expect(readCredentials(text, "kind-third")).toBeUndefined();
});

test("a kubeconfig of none, or none at all", () => {
  expect(readCredentials(formatKubeconfig(new Map()))).toBeUndefined();
  expect(readCredentials("{")).toBeUndefined();
  expect(readCredentials("")).toBeUndefined();
});
