import { describe, expect, it } from "vitest";
import { embeddedReport, embedReport } from "./embeddedReport.ts";

describe("a report in its HTML", () => {
  const report = { answer: '</script><script>alert(1)</script><!-- & \u2028 "é" \\u003c', nested: [{ a: 1 }] };

  it("comes back as it was, and nothing in it ends the element", () => {
    const element = embedReport(report);
    expect(element.slice(element.indexOf(">") + 1, -"</script>".length)).not.toMatch(/[<>]/);
    expect(JSON.parse(embeddedReport(`<!doctype html><body>${element}</body>`) ?? "")).toEqual(report);
  });

  it("is none where there is no element, two, or one that does not end", () => {
    const element = embedReport(report);
    expect(embeddedReport("<p>nothing</p>")).toBeUndefined();
    expect(embeddedReport(`${element}${element}`)).toBeUndefined();
    expect(embeddedReport(element.slice(0, -3))).toBeUndefined();
  });
});
