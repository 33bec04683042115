import { expect, test } from "vitest";
import { userDirectories } from "./userDirectories.ts";

test("Linux follows XDG, and ignores relative XDG paths", () => {
  expect(userDirectories({}, "linux", "/home/ana")).toEqual({ state: "/home/ana/.local/state/rempart", config: "/home/ana/.config/rempart", labs: "/home/ana/rempart" });
  expect(userDirectories({ XDG_STATE_HOME: "/s", XDG_CONFIG_HOME: "c" }, "linux", "/home/ana")).toMatchObject({ state: "/s/rempart", config: "/home/ana/.config/rempart" });
});

test("REMPART_HOME keeps everything in one folder", () => {
  expect(userDirectories({ REMPART_HOME: "/tmp/x", XDG_STATE_HOME: "/s" }, "linux", "/home/ana")).toEqual({ state: "/tmp/x/state", config: "/tmp/x/config", labs: "/tmp/x/labs" });
});
