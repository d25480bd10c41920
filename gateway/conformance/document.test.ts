import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allCases } from "./all-cases.ts";
import { differences } from "./differences.ts";
import { conformanceDocument, documentPath } from "./document.ts";

const cases = allCases.flatMap((group) => group.cases.map((one) => ({ ...one, title: group.title })));

describe("docs/conformance.md", () => {
  it("is what npm run conformance -- --write makes of the cases", () => {
    const written = readFileSync(join(import.meta.dirname, "../..", documentPath), "utf8");
    expect(written).toBe(conformanceDocument(allCases));
  });

  it.each(Object.keys(differences))("shows the difference %s by a case", (id) => {
    expect(cases.filter(({ shows }) => shows === id)).not.toEqual([]);
  });

  it("names no case twice", () => {
    const names = cases.map(({ title, name }) => `${title}: ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
