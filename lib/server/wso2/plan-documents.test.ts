import { describe, expect, it } from "vitest";
import type { ImportLine } from "../../model/import-report.ts";
import { planDocuments } from "./plan-documents.ts";
import { readDocumentFiles } from "./read-document-files.ts";

const octets = (text: string) => new TextEncoder().encode(text);

function planned(files: Record<string, string | Uint8Array>) {
  const lines: ImportLine[] = [];
  const others = new Map(
    Object.entries(files).map(([path, content]) => [path, typeof content === "string" ? octets(content) : content]),
  );
  const { documents, read } = planDocuments({ others, documentFiles: readDocumentFiles(others) }, lines);
  const words = lines.map(({ outcome, detail }) => `${outcome} ${detail}`);
  return { documents, words, unread: [...others.keys()].filter((path) => !read.has(path)) };
}

const about = (data: object) => JSON.stringify({ type: "document", version: "v4.1.0", data });

describe("documents of a project", () => {
  it.each<[string, Record<string, string | Uint8Array>, string[]]>([
    [
      "Markdown",
      { "Docs/A/document.json": about({ name: "A", type: "HOWTO", sourceType: "MARKDOWN" }), "Docs/A/A": "# A" },
      ["taken A"],
    ],
    [
      "YAML",
      { "Docs/A/document.yaml": "data:\n  name: A\n  type: HOWTO\n  sourceType: MARKDOWN\n", "Docs/A/A": "" },
      ["taken A"],
    ],
    [
      "an address",
      { "Docs/A/document.json": about({ name: "A", sourceType: "URL", sourceUrl: "https://a.example" }) },
      ["taken A"],
    ],
    [
      "formatted text without formats",
      { "Docs/A/document.json": about({ name: "A", sourceType: "INLINE" }), "Docs/A/A": "plain" },
      ["taken A"],
    ],
    [
      "formatted text",
      { "Docs/A/document.json": about({ name: "A", sourceType: "INLINE" }), "Docs/A/A": "<p>x</p>" },
      ["changed A"],
    ],
    [
      "a file",
      { "Docs/A/document.json": about({ name: "A", sourceType: "FILE", fileName: "a.pdf" }), "Docs/A/a.pdf": "%PDF" },
      ["left A"],
    ],
    ["no content", { "Docs/A/document.json": about({ name: "A", sourceType: "MARKDOWN" }) }, ["left A"]],
    [
      "content of no letters",
      { "Docs/A/document.json": about({ name: "A", sourceType: "MARKDOWN" }), "Docs/A/A": new Uint8Array([0xff]) },
      ["left A"],
    ],
    [
      "too much content",
      { "Docs/A/document.json": about({ name: "A", sourceType: "MARKDOWN" }), "Docs/A/A": "x".repeat(256 * 1024 + 1) },
      ["left A"],
    ],
    [
      "an address that is a script",
      { "Docs/A/document.json": about({ name: "A", sourceType: "URL", sourceUrl: "javascript:x" }) },
      ["left A"],
    ],
    [
      "a name that leads elsewhere",
      { "Docs/A/document.json": about({ name: "../../api.yaml", sourceType: "MARKDOWN" }) },
      ["left ../../api.yaml"],
    ],
    [
      "the same name twice",
      {
        "Docs/A/document.json": about({ name: "A", sourceType: "URL", sourceUrl: "https://a.example" }),
        "Docs/B/document.json": about({ name: "a", sourceType: "URL", sourceUrl: "https://b.example" }),
      },
      ["taken A", "left a"],
    ],
    [
      "those of 3.x",
      {
        "Docs/docs.json": JSON.stringify([
          { name: "A", type: "How To", summary: "s", sourceType: "MARKDOWN" },
          { name: "B", type: "OTHER", otherTypeName: "Notes", sourceType: "URL", sourceUrl: "https://b.example" },
          { name: "C", type: "SAMPLES", sourceType: "FILE", filePath: "c.zip" },
        ]),
        "Docs/InlineContents/A": "# A",
        "Docs/FileContents/c.zip": "PK",
      },
      ["taken A", "taken B", "left C"],
    ],
  ])("tells what becomes of %s", (_, files, words) => {
    expect(planned(files)).toMatchObject({ words, unread: [] });
  });

  it("are taken as they are, with types that are none here as others", () => {
    const files = {
      "Docs/A/document.json": about({ name: "A", type: "API_MESSAGE_FORMAT", summary: "s", sourceType: "MARKDOWN" }),
      "Docs/A/A": "\ufeff# A\r\n",
    };
    expect(planned(files).documents).toEqual([
      {
        ...{ name: "A", type: "OTHER", otherTypeName: "API_MESSAGE_FORMAT", summary: "s" },
        ...{ sourceType: "MARKDOWN", inlineContent: "\ufeff# A\r\n" },
      },
    ]);
  });

  it("are none where a project has none, and other files are left for others to tell of", () => {
    expect(planned({ "Docs/guide.md": "# Guide" })).toEqual({
      documents: undefined,
      words: [],
      unread: ["Docs/guide.md"],
    });
  });
});
