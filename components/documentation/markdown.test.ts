import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { markdownElements, mostElements } from "./markdown-elements.ts";
import { readMarkdown, safeAddress } from "./read-markdown.ts";

function drawn(text: string): string {
  const { elements } = markdownElements(readMarkdown(text));
  return renderToStaticMarkup(createElement("article", null, elements));
}

/** Every element of a drawn document with its attributes, `article` left out. */
function elementsOf(html: string): { tag: string; attributes: [string, string][] }[] {
  return [...html.matchAll(/<([a-z0-9]+)((?:\s[^<>]*)?)\/?>/gi)]
    .map(([, tag = "", rest = ""]) => ({
      tag: tag.toLowerCase(),
      attributes: [...rest.matchAll(/([^\s=/]+)="([^"]*)"/g)].map(([, name = "", value = ""]): [string, string] => [
        name,
        value,
      ]),
    }))
    .filter(({ tag }) => tag !== "article");
}

const harmlessTags = new Set([
  ...[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "em",
    "strong",
    "s",
    "code",
    "pre",
    "br",
    "hr",
  ],
  ...["table", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "input"],
]);
const harmlessAttributes = new Set([
  ...[
    "href",
    "rel",
    "target",
    "id",
    "start",
    "style",
    "role",
    "aria-label",
    "tabindex",
    "type",
    "disabled",
    "readonly",
  ],
  "checked",
]);

describe("Markdown", () => {
  it.each<[string, string, string]>([
    ["headings below the page's own", "# A b", '<h2 id="doc-a-b">A b</h2>'],
    ["emphasis", "*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"],
    ["lists", "- a\n- b", "<ul>\n?<li>a</li>\n?<li>b</li>\n?</ul>".replaceAll("\n?", "")],
    ["numbered lists", "3. a", '<ol start="3"><li>a</li></ol>'],
    [
      "lists of tasks",
      "- [ ] a\n- [x] b",
      '<ul><li><input type="checkbox" disabled="" readOnly="" aria-label="To do"/> a</li><li><input type="checkbox" disabled="" readOnly="" aria-label="Done" checked=""/> b</li></ul>',
    ],
    ["brackets that are no task", "a [x] b", "<p>a [x] b</p>"],
    [
      "tables",
      "|a|b|\n|-|-:|\n|1|2|",
      '<div role="region" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead><tbody><tr><td>1</td><td style="text-align:right">2</td></tr></tbody></table></div>',
    ],
    ["code", "```js\na < b\n```", '<pre role="region" aria-label="Code" tabindex="0"><code>a &lt; b\n</code></pre>'],
    [
      "links",
      "[a](https://a.example/x?y=1&z=2)",
      '<p><a href="https://a.example/x?y=1&amp;z=2" rel="noopener noreferrer nofollow" target="_blank">a</a></p>',
    ],
    [
      "addresses",
      "see https://a.example/x now",
      '<p>see <a href="https://a.example/x" rel="noopener noreferrer nofollow" target="_blank">https://a.example/x</a> now</p>',
    ],
    ["links to headings", "[a](#A-b)", '<p><a href="#doc-a-b">a</a></p>'],
    [
      "pictures as links: nobody learns who reads",
      "![Map](https://a.example/m.png)",
      '<p><a href="https://a.example/m.png" rel="noopener noreferrer nofollow" target="_blank">Picture: Map</a></p>',
    ],
    ["HTML as text", "<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"],
    ["quotes and lines", "> a\n\n---", "<blockquote><p>a</p></blockquote><hr/>"],
  ])("is drawn with %s", (_, text, expected) => {
    expect(drawn(text).replace(/^<article>|<\/article>$/g, "")).toBe(expected);
  });

  it.each<[string, string]>([
    ["a script", "<script>alert(1)</script>"],
    ["a script in capitals", "<SCRIPT SRC=//evil.example></SCRIPT>"],
    ["a script that begins twice", "<scr<script>ipt>alert(1)</scr</script>ipt>"],
    ["a picture with a handler", '<img src=x onerror="alert(1)">'],
    ["a drawing with a handler", "<svg/onload=alert(1)>"],
    ["a drawing in a drawing", "<svg><animate onbegin=alert(1) attributeName=x></svg>"],
    ["a frame", '<iframe src="javascript:alert(1)"></iframe>'],
    ["a frame with a page in it", '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
    ["a style sheet", "<style>@import url(//evil.example)</style>"],
    ["a form", '<form action="//evil.example"><input name=password></form>'],
    ["an object", "<object data=javascript:alert(1)></object><embed src=//evil.example>"],
    ["a base address", '<base href="//evil.example/">'],
    ["a refresh", '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">'],
    ["formulas", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"],
    ["a template", "<template><img src=x onerror=alert(1)></template>"],
    ["details with a handler", "<details open ontoggle=alert(1)>"],
    ["a comment that ends early", "<!--><img src=x onerror=alert(1)>-->"],
    ["a processing instruction", "<?xml-stylesheet href='javascript:alert(1)'?>"],
    ["a link to a script", "[a](javascript:alert(1))"],
    ["a link to a script, in capitals", "[a](JaVaScRiPt:alert(1))"],
    ["a link to a script behind a blank", "[a]( javascript:alert(1))"],
    ["a link to a script behind a control character", "[a](\u0001javascript:alert(1))"],
    ["a link to a script with a tab in it", "[a](<java\tscript:alert(1)>)"],
    ["a link to a script in entities", "[a](&#106;avascript&colon;alert(1))"],
    ["a link to a script in long entities", "[a](&#x6A&#x61&#x76&#x61script:alert(1))"],
    ["a link to a script with a line end as an entity", "[a](java&NewLine;script:alert(1))"],
    ["a link to a script, encoded", "[a](java%0ascript:alert(1))"],
    ["a link to a script, wholly encoded", "[a](%6A%61%76%61script:alert(1))"],
    ["a link to Visual Basic", "[a](vbscript:msgbox(1))"],
    ["a link to data", "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)"],
    ["a link to a picture in data", "[a](data:image/svg+xml,<svg/onload=alert(1)>)"],
    ["a link to a file", "[a](file:///etc/passwd)"],
    ["a link to a blob", "[a](blob:https://a.example/x)"],
    ["a link without a protocol", "[a](//evil.example)"],
    ["a link to a path of the publisher", "[a](/apis?delete=all)"],
    ["a link with a handler in its title", '[a](https://a.example "x\\" onmouseover=alert(1) y=\\"")'],
    ["a link with a handler in its address", '[a](https://a.example/"onmouseover="alert(1))'],
    ["a picture of a script", "![a](javascript:alert(1))"],
    ["a picture with a handler in its words", '![" onerror="alert(1)](https://a.example/x.png)'],
    ["a picture of data", "![a](data:image/svg+xml;base64,PHN2Zz4=)"],
    ["an address that is a script", "<javascript:alert(1)>"],
    ["an address that is data", "<data:text/html,x>"],
    ["a reference to a script", "[a]\n\n[a]: javascript:alert(1)"],
    ["a reference that is named twice", "[a][b]\n\n[b]: https://a.example\n[B]: javascript:alert(1)"],
    [
      "a reference named like a part of every object",
      "[a][__proto__] [constructor]\n\n[__proto__]: javascript:alert(1)",
    ],
    ["a picture in a link", "[![a](javascript:alert(1))](javascript:alert(2))"],
    ["code with a handler as its language", '```"onmouseover="alert(1)\nx\n```'],
    ["a table with handlers", "|<img src=x onerror=alert(1)>|\n|:-:|\n|[a](javascript:alert(1))|"],
    ["a heading that is called like a part of the page", "# location\n# body\n# __proto__"],
    ["entities", "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;"],
    ["half characters and zeros", "\ud800<script>\u0000alert(1)</script>&#0;&#xD800;"],
  ])("draws nothing that could run or fetch for %s", (_, text) => {
    for (const { tag, attributes } of elementsOf(drawn(text))) {
      expect(harmlessTags).toContain(tag);
      for (const [name, value] of attributes) {
        expect(harmlessAttributes).toContain(name.toLowerCase());
        if (name === "href") expect(value).toMatch(/^(https?:\/\/|mailto:|#doc-)/);
        if (name === "style") expect(value).toMatch(/^text-align:(left|right|center)$/);
        if (name === "id") expect(value).toMatch(/^doc-/);
      }
    }
  });

  it.each([
    ["https://a.example/", true],
    ["mailto:ann@example.com", true],
    ["#here", true],
    ["\u00a0javascript:alert(1)", false],
    ["java\nscript:alert(1)", false],
    ["https:javascript", true],
    ["ftp://a.example", false],
    ['#a" onclick=x', false],
    ["", false],
  ])("takes %j for an address: %s", (address, isSafe) => {
    expect(safeAddress(address) !== undefined).toBe(isSafe);
  });

  const long = 256 * 1024;
  const filled = (unit: string) => unit.repeat(Math.ceil(long / unit.length)).slice(0, long);
  it.each<[string, string]>([
    ["opening brackets", filled("[")],
    ["brackets in brackets", "[".repeat(long / 2) + "]".repeat(long / 2)],
    ["links in links", "[".repeat(long / 5) + "](b)".repeat(long / 5)],
    ["pictures that do not end", filled("![")],
    ["links that do not end", filled("[a](")],
    ["emphasis", filled("*a **a ")],
    ["marks of code", filled("`a``b")],
    ["quotes in quotes", filled(">")],
    ["lists in lists", filled("- ")],
    ["references", filled("[a]: b\n")],
    ["a wide table", `${"|a".repeat(long / 6)}\n${"|-".repeat(long / 6)}\n${"|b".repeat(long / 6)}`],
    ["a long table", `|a|b|\n|-|-|\n${filled("|a\n")}`],
    ["a table of nothing", `${"|a".repeat(300)}\n${"|-".repeat(300)}\n${filled("|\n")}`],
    ["entities", filled("&amp;")],
    ["the beginnings of tags", filled("<a ")],
    ["addresses", filled("http://a.")],
  ])("is read in time, and drawn in bounds, although it is nothing but %s", (_, text) => {
    const started = performance.now();
    const html = drawn(text);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(elementsOf(html).length).toBeLessThanOrEqual(mostElements + 200);
  });
});
