import MarkdownIt, { type Token } from "markdown-it";

/**
 * Reads Markdown as GitHub writes it: tables, strikethrough, addresses that become links. HTML in it is text like any
 * other. Its work grows with the length of the text, also for texts that mean to be hard to read.
 */
export function readMarkdown(text: string): Token[] {
  return reader.parse(text, {});
}

const reader = new MarkdownIt("default", { html: false, linkify: true });
// What is no safe address stays the text that it is.
reader.validateLink = (address) => safeAddress(address) !== undefined;

/** Protocols that a link may have. */
const protocols: readonly string[] = ["http:", "https:", "mailto:"];

/** Put before the names of headings, so that none is another element's of the page. */
const headingPrefix = "doc-";

/**
 * What a link in a document leads to: the web, mail, or a heading of the same document. Undefined for everything else.
 * Addresses are read as browsers read them, who overlook blanks and line ends in front of and within a protocol.
 */
export function safeAddress(address: string): string | undefined {
  if (/^#[\w%.-]+$/.test(address)) return `#${headingPrefix}${address.slice(1).toLowerCase()}`;
  // Without a protocol of its own it would be one of this page's.
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && protocols.includes(url.protocol) ? url.href : undefined;
}

/** The name that a heading can be linked by, from what it says. */
export function headingName(text: string): string | undefined {
  const words = text
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s+/g, "-");
  return words === "" ? undefined : headingPrefix + words.slice(0, 80);
}
