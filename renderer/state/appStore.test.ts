import { expect, it } from "vitest";
import { RempartError } from "../../playground/model/errors.ts";
import { createFakeClient } from "../dev/fakeHost.ts";
import { createAppStore } from "./appStore.ts";

const failure = (code: string) => new RempartError(code, "it failed", { kind: "input" });

it("takes a lab's errors away when another lab is opened, and keeps them on the way to any other place", () => {
  let hash = "#/lab/06-vpc-build";
  const { getState } = createAppStore(createFakeClient({ pace: 0 }), { get: () => hash, set: (next) => (hash = next) });
  const codes = () => getState().notices.map((notice) => notice.error?.code);
  getState().notifyError(failure("lab.one"));
  getState().go({ screen: "library" });
  getState().notifyError(failure("library.one"));
  getState().go({ screen: "lab", lab: "06-vpc-build" });
  getState().go({ screen: "report", lab: "06-vpc-build" });
  expect(codes()).toEqual(["lab.one", "library.one"]);
  hash = "#/lab/07-route-tables-gateways";
  getState().followAddress();
  expect(codes()).toEqual(["library.one"]);
});
