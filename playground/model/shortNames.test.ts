import { expect, it } from "vitest";
import { shortNames, workloadTitle } from "./shortNames.ts";

const short = (...names: string[]): string[] => names.map(shortNames(names));

it("leaves out what most names begin with, by whole words", () => {
  expect(short("sample-app-frontend", "sample-app-backend")).toEqual(["…frontend", "…backend"]);
  expect(short("sample-app-deployment", "sample-app-deployment", "sample-app-loadbalancer", "curl")).toEqual(["…deployment", "…deployment", "…loadbalancer", "curl"]);
});

it("leaves names alone that have nothing in common, or would be nothing without it", () => {
  expect(short("productpage-v1", "ratings-v1", "reviews-v1")).toEqual(["productpage-v1", "ratings-v1", "reviews-v1"]);
  expect(short("sample-app")).toEqual(["sample-app"]);
  expect(short("web-a", "web-b")).toEqual(["web-a", "web-b"]);
  expect(shortNames(["sample-app-a", "sample-app-b"])("sample-app-")).toBe("sample-app-");
});

it("leaves out the word for a deployment, and no other", () => {
  expect(["web-deployment", "web-deploy", "web-service", "deployment"].map(workloadTitle)).toEqual(["web", "web", "web-service", "deployment"]);
});

it("never makes one name of two", () => {
  const names = ["sample-app-a", "sample-app-b", "sample-app", "a", "b"];
  expect(new Set(short(...names)).size).toBe(names.length);
});
