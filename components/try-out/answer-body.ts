/** What a body is shown as. */
export type ShownBody =
  | { kind: "none" }
  | { kind: "json"; value: unknown }
  | { kind: "text"; text: string }
  | { kind: "image"; dataUrl: string }
  | { kind: "binary" };

const imageTypes = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

/** How to show a body: by what its field says, and by what it is where that is wrong. */
export function shownBody(base64: string, contentType: string, isCut: boolean): ShownBody {
  if (base64 === "") return { kind: "none" };
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (imageTypes.has(type)) {
    return isCut ? { kind: "binary" } : { kind: "image", dataUrl: `data:${type};base64,${base64}` };
  }
  const text = decodedText(base64, contentType);
  if (text === undefined) return { kind: "binary" };
  if (/[/+]json$/.test(type) || /^\s*[[{]/.test(text)) {
    try {
      return { kind: "json", value: JSON.parse(text) };
    } catch {
      return { kind: "text", text }; // It said JSON, and is none, or was cut.
    }
  }
  return { kind: "text", text: /[/+]xml$/.test(type) ? formattedXml(text) : text };
}

/** The octets of a body. */
export function bodyOctets(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Undefined for what is no text in its character set. */
function decodedText(base64: string, contentType: string): string | undefined {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bodyOctets(base64));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what tells octets from text.
    return /\u0000/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** XML with a line for each element, indented; what is between tags stays as it is. */
export function formattedXml(text: string): string {
  const parts = text.split(/(<[^>]+>)/).filter((part) => part.trim() !== "");
  const lines: string[] = [];
  let depth = 0;
  let isOpen = false;
  for (const part of parts) {
    const isClosing = part.startsWith("</");
    const isElement = part.startsWith("<") && !/^<[?!]/.test(part);
    if (isClosing) depth = Math.max(0, depth - 1);
    // An element with text alone stays in one line.
    const last = lines.at(-1);
    if (last !== undefined && (!part.startsWith("<") || (isClosing && isOpen)))
      lines[lines.length - 1] = last + part.trim();
    else lines.push("  ".repeat(depth) + part.trim());
    isOpen = isClosing ? false : isElement ? !part.endsWith("/>") : isOpen;
    if (isElement && !isClosing && !part.endsWith("/>")) depth += 1;
  }
  return lines.join("\n");
}
