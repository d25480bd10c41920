import { describe, expect, it } from "vitest";
import { readForm } from "./read-form.ts";

const part = (name: string, value: string) =>
  `--b o\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const octets = (text: string) => new TextEncoder().encode(text);
const type = 'multipart/form-data; boundary="b o"';

describe("a form", () => {
  it("gives its parts, up to twenty", async () => {
    const parts = Array.from({ length: 20 }, (_, index) => part(`p${index}`, String(index)));
    const form = await readForm(octets(`${parts.join("")}--b o--\r\n`), type);
    expect([...form.keys()]).toHaveLength(20);
    expect(form.get("p7")).toBe("7");
  });

  it.each([
    ["hundreds of thousands of parts", part("p", "1").repeat(200_000), type, /^A form has at most 20 parts/],
    ["no boundary in its type", part("p", "1"), "multipart/form-data", /^The form cannot be read/],
    ["a boundary that is not in it", part("p", "1"), "multipart/form-data; boundary=other", /^The form cannot be read/],
    ["an end that never comes", part("p", "1"), type, /^The form cannot be read/],
    [
      "a boundary that could break out of its header",
      "",
      'multipart/form-data; boundary="a\r\nX: y"',
      /cannot be read/,
    ],
  ])("is refused in words with %s", async (_what, body, contentType, message) => {
    await expect(readForm(octets(body), contentType)).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "file", message: expect.stringMatching(message) }],
    });
  });
});
