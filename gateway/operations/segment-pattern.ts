import { normalSpelling } from "./path-readings.ts";

/** What a segment of a template accepts. */
export type SegmentPattern = (segment: string) => boolean;

/**
 * The pattern of a segment with parameters beside text, such as "{id}.json". Each parameter stands for one character at
 * least. It looks for each text once, from left to right: no segment makes it slow.
 */
export function segmentPattern(template: string): SegmentPattern {
  const texts = template.split(/\{[^}]*\}/).map(normalSpelling);
  const first = texts[0] ?? "";
  const last = texts.at(-1) ?? "";
  const between = texts.slice(1, -1);
  return (segment) => {
    if (!segment.startsWith(first) || !segment.endsWith(last)) return false;
    let at = first.length;
    for (const text of between) {
      const found = segment.indexOf(text, at + 1);
      if (found === -1) return false;
      at = found + text.length;
    }
    return at + 1 <= segment.length - last.length;
  };
}
