import { expect, test } from "vitest";
import { maximumFrameLength } from "../playground/contract/frames.ts";
import { isFrame, isOwnAddress, isOwnWindow } from "./senderCheck.ts";

test("the top frame of our own page may speak, an embedded one or another page may not", () => {
  expect(isOwnWindow({ senderFrame: { url: "app://rempart/index.html#/lab/06-vpc-build", parent: null } })).toBe(true);
  expect(isOwnWindow({ senderFrame: { url: "app://rempart/index.html", parent: {} } })).toBe(false);
  expect(isOwnWindow({ senderFrame: { url: "https://evil.example/", parent: null } })).toBe(false);
  expect(isOwnWindow({ senderFrame: null })).toBe(false);
});

test.each(["app://rempart.evil/", "app://rempart@evil/", "file:///app://rempart/", "not a url", "about:blank", "APP://other/"])("%s is not ours", (address) => {
  expect(isOwnAddress(address)).toBe(false);
});

test("only texts up to the largest frame are passed on", () => {
  expect(isFrame("{}")).toBe(true);
  expect(isFrame("x".repeat(maximumFrameLength + 1))).toBe(false);
  expect(isFrame({ length: 1 })).toBe(false);
});
