import type { Token } from "markdown-it";
import { createElement, Fragment, type ReactNode } from "react";
import { headingName, safeAddress } from "./read-markdown.ts";

/** Most elements and texts that one document is drawn with: a page of a hundred thousand table cells stops browsers. */
export const mostElements = 20_000;

type Frame = { tag: string | typeof Fragment; props: Record<string, unknown>; children: ReactNode[]; region?: string };

/**
 * Elements of a document. Only those named here are made, with nothing but the attributes named here: what a document
 * says becomes text or an address that was looked at, never markup.
 *
 * @returns `isCut`: the document is longer than can be drawn, and the rest is left out
 */
export function markdownElements(tokens: readonly Token[]): { elements: ReactNode; isCut: boolean } {
  const build = new ElementBuild();
  build.addAll(tokens);
  return build.end();
}

/** Elements that stand for what a token opens, where that is no more than its tag. */
const plainTags: ReadonlySet<string> = new Set([
  ...["blockquote", "ul", "li", "em", "strong", "s", "thead", "tbody", "tr", "table"],
]);

class ElementBuild {
  readonly #root: Frame = { tag: Fragment, props: {}, children: [] };
  readonly #open: Frame[] = [];
  readonly #names = new Set<string>();
  #count = 0;

  addAll(tokens: readonly Token[]): void {
    for (const [index, token] of tokens.entries()) {
      if (this.#count >= mostElements) return;
      if (token.nesting === 1) this.#open.push(this.#frameOf(token, tokens[index + 1]));
      else if (token.nesting === -1) this.#close();
      else if (token.type === "inline") this.addAll(token.children ?? []);
      else this.#add(this.#leafOf(token));
    }
  }

  end(): { elements: ReactNode; isCut: boolean } {
    const isCut = this.#count >= mostElements;
    while (this.#open.length > 0) this.#close();
    return { elements: createElement(Fragment, null, ...this.#root.children), isCut };
  }

  #add(node: ReactNode): void {
    this.#count += 1;
    (this.#open.at(-1) ?? this.#root).children.push(node);
  }

  #close(): void {
    const frame = this.#open.pop();
    if (!frame) return;
    const element = createElement(frame.tag, frame.props, ...frame.children);
    this.#add(frame.region === undefined ? element : createElement("div", regionProps(frame.region), element));
  }

  #frameOf(token: Token, next: Token | undefined): Frame {
    const frame = (tag: Frame["tag"], props: Frame["props"] = {}): Frame => ({ tag, props, children: [] });
    switch (token.type) {
      case "paragraph_open":
        // A list without blank lines between has no paragraphs to be seen.
        return frame(token.hidden ? Fragment : "p");
      case "heading_open":
        return frame(headingTag(token.tag), this.#headingProps(next?.content ?? ""));
      case "ordered_list_open":
        return frame("ol", { start: Number(token.attrGet("start") ?? 1) });
      case "link_open": {
        const href = safeAddress(textOf(token, "href"));
        return href === undefined ? frame("span") : frame("a", linkProps(href));
      }
      case "th_open":
      case "td_open": {
        const textAlign = /text-align:(left|right|center)/.exec(textOf(token, "style"))?.[1];
        return frame(token.tag === "th" ? "th" : "td", textAlign === undefined ? {} : { style: { textAlign } });
      }
      case "table_open":
        return { ...frame("table"), region: "Table" };
      default:
        return frame(plainTags.has(token.tag) ? token.tag : Fragment);
    }
  }

  #leafOf(token: Token): ReactNode {
    switch (token.type) {
      case "text":
        return this.#textOf(token.content);
      case "softbreak":
        return "\n";
      case "hardbreak":
        return createElement("br", {});
      case "hr":
        return createElement("hr", {});
      case "code_inline":
        return createElement("code", {}, token.content);
      case "fence":
      case "code_block":
        return createElement("pre", regionProps("Code"), createElement("code", {}, token.content));
      case "image":
        return this.#imageOf(token);
      default:
        return token.content;
    }
  }

  /** `[ ]` and `[x]` at the beginning of a list's item are boxes, which nobody can tick here. */
  #textOf(text: string): ReactNode {
    const [whole, mark] = /^\[([ xX])\] /.exec(text) ?? [];
    const [item, paragraph] = this.#open.slice(-2);
    const isFirst = item?.tag === "li" && item.children.length === 0 && paragraph?.children.length === 0;
    if (whole === undefined || !isFirst) return text;
    const checked = mark !== " ";
    const label = checked ? "Done" : "To do";
    const box = { type: "checkbox", disabled: true, readOnly: true, checked, "aria-label": label };
    return createElement(Fragment, {}, createElement("input", box), " ", text.slice(whole.length));
  }

  /** Fetching a picture from elsewhere would tell its owner who reads: it is a link. */
  #imageOf(token: Token): ReactNode {
    const href = safeAddress(textOf(token, "src"));
    const words = token.content || "picture";
    return href === undefined ? words : createElement("a", linkProps(href), `Picture: ${words}`);
  }

  #headingProps(text: string): Record<string, unknown> {
    const name = headingName(text);
    if (name === undefined || this.#names.has(name)) return {};
    this.#names.add(name);
    return { id: name };
  }
}

function textOf(token: Token, attribute: string): string {
  return String(token.attrGet(attribute) ?? "");
}

/** The page has a heading of the first rank already. */
function headingTag(tag: string): string {
  return `h${Math.min(Number(tag.slice(1)) + 1, 6) || 6}`;
}

/** Wider than a small screen: it scrolls by itself, and the keyboard reaches it to do so. */
function regionProps(label: string): Record<string, unknown> {
  return { role: "region", "aria-label": label, tabIndex: 0 };
}

function linkProps(href: string): Record<string, unknown> {
  if (href.startsWith("#")) return { href };
  return { href, rel: "noopener noreferrer nofollow", target: "_blank" };
}
