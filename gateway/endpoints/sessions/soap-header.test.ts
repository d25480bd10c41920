import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxSoapHeaderBytes, SoapHeaderReader, type SoapSessionIds } from "./soap-header.ts";

const soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
const soap12 = "http://www.w3.org/2003/05/soap-envelope";
const axis2 = "http://ws.apache.org/namespaces/axis2";

const envelope = (header: string, namespace = soap11, body = "<x/>") =>
  `<s:Envelope xmlns:s="${namespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const groupId = (id: string) => `<a:ServiceGroupId xmlns:a="${axis2}">${id}</a:ServiceGroupId>`;
const clientId = (id: string) => `<ClientID xmlns="http://ws.apache.org/ns/synapse">${id}</ClientID>`;
const replyTo = (id: string, addressing = "http://www.w3.org/2005/08/addressing") =>
  `<w:ReplyTo xmlns:w="${addressing}"><w:Address>http://x</w:Address><w:ReferenceParameters>${groupId(id)}` +
  "</w:ReferenceParameters></w:ReplyTo>";

function idsOf(document: string | Buffer, chunkBytes = 65_536): SoapSessionIds {
  const reader = new SoapHeaderReader();
  const bytes = Buffer.from(document);
  for (let start = 0; start < bytes.length && !reader.isDone; start += chunkBytes) {
    reader.write(bytes.subarray(start, start + chunkBytes));
  }
  return reader.ids;
}

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

describe("a SOAP header", () => {
  it.each<[string, string | Buffer, SoapSessionIds]>([
    ["SOAP 1.1", envelope(groupId("g1")), { serviceGroupId: "g1" }],
    ["SOAP 1.2", envelope(groupId("g1"), soap12), { serviceGroupId: "g1" }],
    ["a client id", envelope(clientId("c1")), { clientId: "c1" }],
    ["a response's ReplyTo", envelope(replyTo("g2")), { replyToServiceGroupId: "g2" }],
    ["several blocks", envelope(`<o/>${clientId("c")}${groupId(" g\n")}`), { clientId: "c", serviceGroupId: "g" }],
    ["the first of two", envelope(groupId("g1") + groupId("g2")), { serviceGroupId: "g1" }],
    [
      "a declaration, comments, CDATA",
      `<?xml version="1.0"?><!-- c -->${envelope(groupId("<![CDATA[g]]>1"))}`,
      { serviceGroupId: "g1" },
    ],
    ["references", envelope(groupId("a&amp;&#98;")), { serviceGroupId: "a&b" }],
    ["a byte order mark", `\uFEFF${envelope(groupId("g1"))}`, { serviceGroupId: "g1" }],
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${envelope(groupId("g1"))}`, "utf16le"), { serviceGroupId: "g1" }],
    ["UTF-16 without one", utf16be(envelope(groupId("g1"))), { serviceGroupId: "g1" }],
    ["Latin-1", Buffer.from(envelope(`<n>é</n>${groupId("g1")}`), "latin1"), { serviceGroupId: "g1" }],
    ["a body that is not well-formed", envelope(groupId("g1"), soap11, "<a></b>&x;"), { serviceGroupId: "g1" }],
  ])("is read: %s", (_title, document, ids) => {
    expect(idsOf(document)).toEqual(ids);
    expect(idsOf(document, 1)).toEqual(ids);
  });

  it.each<[string, string | Buffer]>([
    ["JSON", '{"a":1}'],
    ["HTML", "<html><head/></html>"],
    ["nothing", ""],
    ["bytes", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ["a document type", `<!DOCTYPE x>${envelope(groupId("g1"))}`],
    ["an entity bomb", `<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${envelope(groupId("&b;"))}`],
    ["an external entity", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${envelope(groupId("&e;"))}`],
    ["an unknown entity", envelope(groupId("&nbsp;"))],
    ["an id in the body", `<s:Envelope xmlns:s="${soap11}"><s:Body>${groupId("g1")}</s:Body></s:Envelope>`],
    ["an id deeper in the header", envelope(`<o>${groupId("g1")}</o>`)],
    ["an id of another namespace", envelope("<ServiceGroupId>g1</ServiceGroupId>")],
    ["an empty id", envelope(groupId(" "))],
    ["an endless id", envelope(groupId("g".repeat(5000)))],
    ["an id in an encoding nobody told of", Buffer.from(envelope(groupId("é")), "latin1")],
    ["old addressing", envelope(replyTo("g", "http://schemas.xmlsoap.org/ws/2004/08/addressing"))],
    ["another envelope", envelope(groupId("g1"), "urn:other")],
    ["a header that is not well-formed", envelope(`${groupId("g1")}<o></p>`)],
    ["elements without end", `<s:Envelope xmlns:s="${soap11}"><s:Header>${"<a>".repeat(300_000)}`],
    ["a header without end", envelope(`${" ".repeat(maxSoapHeaderBytes)}${groupId("g1")}`)],
  ])("is left alone: %s", (_title, document) => {
    expect(idsOf(document)).toEqual({});
  });

  it("is done at the body, however long that is", () => {
    const reader = new SoapHeaderReader();
    reader.write(Buffer.from(envelope(groupId("g1")).split("<s:Body>")[0] ?? ""));
    expect(reader.isDone).toBe(true);
  });

  it("is given up at the limit", () => {
    const reader = new SoapHeaderReader();
    reader.write(Buffer.from(envelope(groupId("g1")).split("</s:Header>")[0] ?? ""));
    reader.write(Buffer.alloc(maxSoapHeaderBytes, " "));
    expect([reader.isDone, reader.ids]).toEqual([true, {}]);
  });

  it("takes no longer for elements without end than for text", () => {
    const startedAt = performance.now();
    idsOf(`<s:Envelope xmlns:s="${soap11}"><s:Header>${"<a>".repeat(340_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it("reads the same however the bytes arrive, and throws at nothing", () => {
    const pieces = fc.array(fc.constantFrom("<", ">", "/", "&", ";", "a", '"', "é", "<!DOCTYPE", groupId("g"), "\0"));
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 50 }), (parts, chunkBytes) => {
        const document = envelope(parts.join(""));
        expect(idsOf(document, chunkBytes)).toEqual(idsOf(document));
      }),
    );
  });
});
