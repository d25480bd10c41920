import { all, answers, requests } from "../behaviours.ts";
import type { CaseGroup, ConformanceCase } from "../case.ts";
import { envelope, serviceGroup, soapClientId } from "../soap-text.ts";
import { type Source, sources } from "../sources.ts";

const byClientId = { session: { kind: "client-id" } } as const;
const named = envelope(soapClientId("c1"));

/** Every entity is ten of the one before: a thousand million words if anybody expands it. */
const bomb = `<!DOCTYPE lolz [<!ENTITY l0 "lol">${Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
).join("")}]>`;

const deep = `${"<d>".repeat(100_000)}${"</d>".repeat(100_000)}`;

/** Envelopes that name client c1 in a way that is not read: nobody is bound by them, and they arrive as they are. */
const unread: readonly [string, string | Uint8Array, Source][] = [
  ["a document type", `<!DOCTYPE s>${named}`, sources.xml],
  ["an entity bomb in its document type", bomb + envelope(soapClientId("&l9;")), sources.xml],
  [
    "an external entity",
    `<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>${envelope(soapClientId("&x;"))}`,
    sources.xml,
  ],
  ["an external document type", `<!DOCTYPE s SYSTEM "http://127.0.0.1:9/evil.dtd">${named}`, sources.xml],
  ["a parameter entity", `<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>${named}`, sources.xml],
  ["an entity that nobody declared", envelope(soapClientId("&c1;")), sources.xml],
  ["elements that are 100,000 deep", envelope(deep + soapClientId("c1")), sources.soap],
  ["a header of more than 1 MiB", envelope(`<p>${"x".repeat(1024 * 1024)}</p>${soapClientId("c1")}`), sources.soap],
  ["an id of more than 1,000 characters", envelope(soapClientId("c".repeat(1_001))), sources.soap],
  ["an id in the body", envelope("", soapClientId("c1")), sources.soap],
  ["an id of another namespace", envelope('<ClientID xmlns="urn:other">c1</ClientID>'), sources.clientDispatcher],
  ["another root", `<order>${soapClientId("c1")}</order>`, sources.soap],
  ["an envelope of another namespace", envelope(soapClientId("c1"), "", "urn:other"), sources.soap],
  ["markup that breaks off", "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header><", sources.soap],
  ["tags that do not match", envelope(`<a></b>${soapClientId("c1")}`), sources.soap],
  ["bytes that are no text", new Uint8Array([0x00, 0xff, 0xfe, 0x80, 0x3c, 0x00, 0xd8]), sources.xmlEncoding],
  ["nothing at all", "", sources.soap],
  [
    "an id that its encoding makes unreadable",
    Buffer.from(envelope(soapClientId("caf\u00e9")), "latin1"),
    sources.xmlEncoding,
  ],
];

const untouched = unread.map(
  ([what, xml, source]): ConformanceCase => ({
    name: `an envelope with ${what} is forwarded untouched and binds nobody`,
    given: byClientId,
    when: [{ send: { method: "POST", xml, times: 3 }, expect: { ways: "A B C", status: 200 } }],
    source,
  }),
);

const whole: ConformanceCase[] = [
  {
    name: "an entity bomb arrives byte for byte and is never expanded",
    given: byClientId,
    when: [
      {
        send: { method: "POST", xml: bomb + envelope(soapClientId("&l9;")) },
        expect: { ways: "A", bodyAt: "A", client: { memoryBelow: 100 } },
      },
    ],
    source: sources.xml,
    only: "sockets",
  },
  {
    name: "a header that is 1 MiB long arrives byte for byte, whatever was read of it",
    given: byClientId,
    when: [
      {
        send: { method: "PUT", xml: envelope(`<p>${"x".repeat(1024 * 1024)}</p>`) },
        expect: { ways: "A", bodyAt: "A", client: { memoryBelow: 100 } },
      },
    ],
    source: sources.soap,
    only: "sockets",
  },
  {
    name: "an envelope of 100 MiB binds its client by its header, and streams through in bounded memory",
    given: byClientId,
    when: [
      {
        send: { method: "POST", xml: envelope(soapClientId("c1"), "x".repeat(100 * 1024 * 1024)) },
        expect: { ways: "A", bodyAt: "A", client: { memoryBelow: 400 } },
      },
      { send: { method: "POST", xml: named, times: 2 }, expect: { ways: "A A" } },
      { send: requests(1), expect: { ways: "B" } },
    ],
    source: sources.soap,
    only: "sockets",
  },
  {
    name: "100 MiB that are said to be an envelope and are none stream through, binding nobody",
    given: byClientId,
    when: [
      {
        send: { method: "POST", bodyBytes: 100 * 1024 * 1024, headers: { "Content-Type": "text/xml" } },
        expect: { ways: "A", bodyAt: "A", client: { memoryBelow: 200 } },
      },
    ],
    source: sources.soap,
    only: "sockets",
  },
];

const encodings: readonly [string, (text: string) => Uint8Array][] = [
  ["UTF-8 with a byte order mark", (text) => Buffer.from(`\ufeff${text}`)],
  ["UTF-16, little end first, with a byte order mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16, big end first, with a byte order mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["UTF-16 without a byte order mark", (text) => Buffer.from(text, "utf16le")],
  [
    "an encoding that its declaration gets wrong",
    (text) => Buffer.from(`<?xml version="1.0" encoding="ebcdic-cp-us"?>${text}`),
  ],
];

const read: ConformanceCase[] = [
  ...encodings.map(
    ([what, encode]): ConformanceCase => ({
      name: `an id in ${what} is read`,
      given: byClientId,
      when: [{ send: { method: "POST", xml: encode(named), times: 3 }, expect: { ways: "A A A" } }],
      source: sources.xmlEncoding,
    }),
  ),
  {
    name: "an id with the entities that XML itself has is read",
    given: byClientId,
    when: [
      { send: { method: "POST", xml: envelope(soapClientId("a&amp;b&#33;")), times: 2 }, expect: { ways: "A A" } },
      { send: { method: "POST", xml: envelope(soapClientId("a<![CDATA[&]]>b!")) }, expect: { ways: "A" } },
    ],
    source: sources.xml,
  },
  {
    name: "a response whose envelope is a bomb reaches the client, and names no session",
    given: { session: { kind: "soap" } },
    when: [
      {
        endpoints: all("A", answers({ serviceGroupId: "&l9;" })),
        send: { method: "POST", xml: envelope("") },
        expect: { ways: "A", status: 200, client: { isWhole: true } },
      },
      { send: { method: "POST", xml: envelope(serviceGroup("&l9;")), times: 2 }, expect: { ways: "B C" } },
    ],
    source: sources.xml,
    only: "sockets",
  },
];

/** Envelopes of clients that mean no good, or know no better. */
export const hostileSoap: CaseGroup[] = [
  { title: "SOAP that is not read", cases: [...untouched, ...whole] },
  { title: "SOAP that is read", cases: read },
];
