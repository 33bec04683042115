import { expect, it } from "vitest";
import { parseGuide } from "./parseGuide.ts";

it("finds commands and the machine they are for", () => {
  expect(parseGuide("Mesurez :\n\n```sh private-1\ncurl -m 3 http://203.0.113.80/\n```\n\nPuis lisez.")).toEqual([
    { kind: "html", html: "<p>Mesurez\u00a0:</p>\n" },
    { kind: "code", language: "sh", node: "private-1", code: "curl -m 3 http://203.0.113.80/" },
    { kind: "html", html: "<p>Puis lisez.</p>\n" },
  ]);
});

it("types only shell commands into machines", () => {
  expect(parseGuide("```yaml foo\nvpcs: {}\n```")).toEqual([{ kind: "code", language: "yaml", node: undefined, code: "vpcs: {}" }]);
  expect(parseGuide("```\nplain\n```")).toEqual([{ kind: "code", language: "", node: undefined, code: "plain" }]);
});

it("finds figures, and shows what is none as it stands", () => {
  expect(parseGuide("```topology\nshow: [laptop, foo-igw]\ncaption: The way out.\n```")).toEqual([{ kind: "figure", figure: { show: ["laptop", "foo-igw"], caption: "The way out." } }]);
  expect(parseGuide("```topology\nlaptop\n```")).toEqual([{ kind: "code", language: "topology", node: undefined, code: "laptop" }]);
});

it("finds callouts, with commands inside, and leaves plain quotes alone", () => {
  expect(parseGuide("> [!CAREFUL]\n> Un délai n’est pas un refus.\n>\n> ```sh laptop\n> ping 10.0.0.1\n> ```\n\n> citation")).toEqual([
    {
      kind: "callout",
      callout: "careful",
      blocks: [
        { kind: "html", html: "<p>Un délai n’est pas un refus.</p>\n" },
        { kind: "code", language: "sh", node: "laptop", code: "ping 10.0.0.1" },
      ],
    },
    { kind: "html", html: "<blockquote>\n<p>citation</p>\n</blockquote>\n" },
  ]);
});

it("resolves link definitions that stand elsewhere in the text", () => {
  const [block] = parseGuide("Voir [ici][a].\n\n[a]: #plus");
  expect(block).toMatchObject({ kind: "html" });
  expect(block?.kind === "html" ? block.html : "").toContain('href="#plus"');
});
