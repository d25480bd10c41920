import { describe, expect, it } from "vitest";
import { formattedXml, shownBody } from "./answer-body.ts";

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

describe("the body of an answer", () => {
  it.each([
    ["", "application/json", { kind: "none" }],
    ['{"a":1}', "application/problem+json; charset=utf-8", { kind: "json", value: { a: 1 } }],
    ["[1]", "text/plain", { kind: "json", value: [1] }],
    ["{broken", "application/json", { kind: "text", text: "{broken" }],
    [Buffer.from([0xe4]), "text/plain; charset=iso-8859-1", { kind: "text", text: "ä" }],
    [Buffer.from([0xe4]), "text/plain", { kind: "binary" }],
    [Buffer.from([0, 1]), "", { kind: "binary" }],
    [Buffer.from([1]), "image/png", { kind: "image", dataUrl: "data:image/png;base64,AQ==" }],
    ["<svg/>", "image/svg+xml", { kind: "text", text: "<svg/>" }],
  ])("%j of %s is shown as %j", (body, type, shown) => {
    expect(shownBody(base64(body), type, false)).toEqual(shown);
  });

  it("is XML with a line for each element", () => {
    expect(formattedXml('<?xml version="1.0"?><a><b>1</b><c/><d><e>2</e></d></a>')).toBe(
      '<?xml version="1.0"?>\n<a>\n  <b>1</b>\n  <c/>\n  <d>\n    <e>2</e>\n  </d>\n</a>',
    );
  });
});
