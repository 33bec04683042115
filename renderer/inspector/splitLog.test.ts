import { describe, expect, it } from "vitest";
import { splitLog } from "./splitLog.ts";

const block = (key: string) => `ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----\nec2: 256 SHA256:${key} root@bastion (ED25519)\nec2: -----END SSH HOST KEY FINGERPRINTS-----`;

describe("splitLog", () => {
  it("cuts the log at the fingerprints' block", () => {
    const text = `boot\n${block("abc")}\nready\n`;
    expect(splitLog(text)).toEqual({ before: "boot\n", fingerprints: block("abc"), after: "\nready\n" });
  });
  it("takes the last block, for keys that were made again", () => {
    expect(splitLog(`${block("old")}\n${block("new")}\n`).fingerprints).toContain("SHA256:new");
    expect(splitLog(`${block("old")}\n${block("new")}\n`).fingerprints).not.toContain("SHA256:old");
  });
  it("leaves a log without fingerprints whole, and shows an unfinished block", () => {
    expect(splitLog("nothing here")).toEqual({ before: "nothing here", fingerprints: "", after: "" });
    expect(splitLog(block("abc").split("\n").slice(0, 2).join("\n")).fingerprints).toContain("SHA256:abc");
  });
});
