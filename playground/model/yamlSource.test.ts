import { describe, expect, it } from "vitest";
import { faultText } from "./faultTexts.ts";
import { parseYaml } from "./yamlSource.ts";

const broken = "route_tables:\n  a:\n    subnets: [b\n    - { destination: 10.0.0.0/8 }\n    routes: []\n";

describe("syntax faults of YAML", () => {
  it("come once for each line, not once for each consequence", () => {
    const { faults, syntaxPositions } = parseYaml(broken, "network.yml");
    const lines = faults.map((fault) => syntaxPositions.get(fault)?.line);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines).toContain(4);
  });

  it("are said in the reader's language", () => {
    const [fault] = parseYaml(broken, "network.yml").faults;
    if (fault === undefined) throw new Error("no fault");
    expect(faultText(fault, "fr").message).toBe("Ce n’est pas du YAML valide : l’indentation ne convient pas, ou un « ] » ou un « } » manque au-dessus");
    expect(faultText(fault, "en").message).toContain("must be sufficiently indented");
  });

  it("keep the library's words where we have none of our own", () => {
    expect(faultText({ code: "file.yaml-syntax", values: { detail: "Odd thing", syntax: "NEW_CODE" } }, "fr").message).toContain("Odd thing");
  });
});
