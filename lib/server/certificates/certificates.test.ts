import { once } from "node:events";
import { createServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certified, encryptKey, makeCertificate } from "../../../scripts/testing/make-certificate.ts";
import { loadChanges } from "../../db/load-snapshot.ts";
import { sealingKey, unseal } from "../../db/sealed-text.ts";
import type { Api } from "../../model/api.ts";
import type { NewCertificate } from "../../model/endpoint-certificate.ts";
import { copyApi } from "../apis/copy-api.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher, testSecret } from "../testing/publisher.ts";
import { addCertificate } from "./add-certificate.ts";
import { getPresentedCertificate } from "./get-presented-certificate.ts";
import { listCertificates } from "./list-certificates.ts";
import { removeCertificate } from "./remove-certificate.ts";
import { renewCertificate } from "./renew-certificate.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let api: Api;
let authority: Certified;
let client: Certified;
let renewed: Certified;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  api = await createApi(ann, {
    name: "Orders",
    context: "/orders",
    version: "1",
    endpointUrl: "https://a.example",
    publish: true,
  });
  authority = await makeCertificate({ name: "Authority", isAuthority: true });
  client = await makeCertificate({ name: "gateway", issuer: authority });
  renewed = await makeCertificate({ name: "gateway", issuer: authority, days: 90 });
});
afterAll(() => publisher?.close());

const trustedAt = (host: string, alias = host): NewCertificate => ({
  ...{ kind: "trusted", alias, host },
  certificate: authority.cert,
});
const clientAt = (host: string, alias: string) =>
  ({ kind: "client", alias, host, certificate: client.cert, privateKey: client.key }) as const;

describe("a client certificate", () => {
  it("is stored with a sealed key that comes out for gateways alone, and is in no audit event", async () => {
    const since = await publisher.db.configRevision.findUniqueOrThrow({ where: { id: 1 } });
    const added = await addCertificate(ann, api.id, clientAt("a.example", "me at A"));

    expect(added).toMatchObject({ subject: "CN=gateway", issuer: "CN=Authority", host: "a.example" });
    const [seen] = (await loadChanges(publisher.db, since.revision)).upserts;
    const [certificate] = seen?.certificates ?? [];
    if (certificate?.kind !== "client") throw new Error("a client certificate was expected");
    expect(unseal(certificate.privateKey, sealingKey(testSecret))).toContain("BEGIN PRIVATE KEY");
    const secretLine = client.key.split("\n")[1] ?? "none";
    const everything = JSON.stringify(
      [await listCertificates(ann, api.id), certificate, await publisher.db.auditEvent.findMany()],
      (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    );
    expect(everything).not.toContain(secretLine);
    expect(everything).toContain("certificate.add");
    await removeCertificate(ann, api.id, added.id);
    expect(await listCertificates(ann, api.id)).toEqual([]);
  });

  it("takes an encrypted key with its passphrase", async () => {
    const privateKey = await encryptKey(client.key, "open sesame");
    const given = { ...clientAt("b.example", "encrypted"), privateKey };
    await expect(addCertificate(ann, api.id, given)).rejects.toMatchObject({ items: [{ path: "passphrase" }] });
    await expect(addCertificate(ann, api.id, { ...given, passphrase: "wrong" })).rejects.toMatchObject({
      items: [{ path: "passphrase", message: "The private key does not open with this passphrase." }],
    });
    await addCertificate(ann, api.id, { ...given, passphrase: "open sesame" });
  });

  it("is renewed with its key or with another, and keeps the old one when the new one does not fit", async () => {
    const added = await addCertificate(ann, api.id, clientAt("c.example", "renewed"));
    await expect(renewCertificate(ann, api.id, added.id, { certificate: renewed.cert })).rejects.toMatchObject({
      items: [{ path: "privateKey", message: "This private key does not belong to the certificate." }],
    });
    const given = { certificate: renewed.cert, privateKey: renewed.key };
    const after = await renewCertificate(ann, api.id, added.id, given);
    expect(after.validTo.getTime()).toBeGreaterThan(added.validTo.getTime());
    expect(after).toMatchObject({ id: added.id, alias: "renewed" });
    await renewCertificate(ann, api.id, added.id, { certificate: renewed.cert });
  });
});

describe("a certificate is refused", () => {
  it.each([
    ["that is no PEM", { certificate: "MIIB" }, "certificate", /begins with -----BEGIN CERTIFICATE/],
    ["that is cut off", { certificate: "cut" }, "certificate", /Certificate 1 of this text cannot be read/],
    ["that is a private key", { certificate: "key" }, "certificate", /holds a private key/],
    ["that has expired", { certificate: "expired" }, "certificate", /expired on \d{4}-\d\d-\d\d/],
    ["for a URL", { host: "https://a.example/" }, "host", /A host is a name or an address/],
    ["without a name", { alias: " " }, "alias", /Enter a name/],
    ["of twelve", { certificate: "twelve" }, "certificate", /at most 10 certificates; these are 12/],
  ])("%s", async (_, change: Record<string, string>, path, message) => {
    const texts: Record<string, string> = {
      cut: authority.cert.replace(/\n.{20}/, "\n"),
      key: authority.key,
      twelve: authority.cert.repeat(12),
      expired: authority.cert,
    };
    const certificate = texts[change.certificate ?? ""] ?? change.certificate ?? authority.cert;
    const later = { ...ann, now: () => new Date(Date.now() + 10 * 86_400_000) };
    const given = { ...trustedAt("a.example"), ...change, certificate };
    const adding = addCertificate(change.certificate === "expired" ? later : ann, api.id, given);
    await expect(adding).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path, message: expect.stringMatching(message) }],
    });
  });

  it("where its name or its host is taken", async () => {
    await addCertificate(ann, api.id, trustedAt("taken.example"));
    await expect(addCertificate(ann, api.id, trustedAt("taken.example"))).rejects.toMatchObject({
      kind: "conflict",
      items: [{ path: "alias" }],
    });
    await addCertificate(ann, api.id, clientAt("taken.example", "one"));
    await expect(addCertificate(ann, api.id, clientAt("taken.example", "two"))).rejects.toMatchObject({
      kind: "conflict",
      items: [{ path: "host" }],
    });
  });

  it("of another publisher's API", async () => {
    const bob = await publisher.person("Bob");
    await expect(addCertificate(bob, api.id, trustedAt("b.example"))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listCertificates(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

it("goes with its API to a new version", async () => {
  const copy = await copyApi(ann, api.id, { version: "2" });
  const aliases = async (id: string) => (await listCertificates(ann, id)).map(({ alias }) => alias).toSorted();
  expect(await aliases(copy.id)).toEqual(await aliases(api.id));
});

describe("what a host shows", () => {
  it("is told before anybody trusts it, with the reason why it is not believed", async () => {
    const shown = await makeCertificate({ name: "localhost" });
    const server = createServer(shown).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const presented = await getPresentedCertificate(ann, { host: `localhost:${port}` });
    expect(presented).toMatchObject({ subject: "CN=localhost", distrust: expect.stringContaining("self-signed") });
    expect(presented.certificate.trim()).toBe(shown.cert.trim());
    server.close();
    await once(server, "close");
    await expect(getPresentedCertificate(ann, { host: `localhost:${port}` })).rejects.toMatchObject({
      items: [{ path: "host", message: expect.stringContaining("Nothing listens there") }],
    });
  });

  it("is not asked of link-local addresses", async () => {
    await expect(getPresentedCertificate(ann, { host: "169.254.169.254" })).rejects.toMatchObject({
      items: [{ path: "host", message: expect.stringContaining("Link-local") }],
    });
  });

  it.each([
    { what: "one person, of whatever hosts", asks: 60, host: (index: number) => `localhost:${20_000 + index}` },
    { what: "everybody together, of one host", asks: 20, host: () => "localhost:1" },
  ])("is asked so many times by $what, then told how long to wait", async ({ asks, host }) => {
    const at = new Date("2040-01-01T00:00:00Z");
    const [carol, dora] = [await publisher.person("Carol"), await publisher.person("Dora")];
    const ask = (who: ServerContext, index: number, laterMs = 0) =>
      getPresentedCertificate({ ...who, now: () => new Date(at.getTime() + laterMs) }, { host: host(index) });
    for (let index = 0; index < asks; index++)
      await expect(ask(carol, index)).rejects.toMatchObject({ kind: "invalid" });

    await expect(ask(carol, asks, 60_000)).rejects.toMatchObject({
      kind: "too-many-requests",
      message: expect.stringMatching(/certificate.* Try again in 14 minutes\.$/),
      retryAfterSeconds: 14 * 60,
    });
    const isShared = host(0) === host(1);
    await expect(ask(dora, asks)).rejects.toMatchObject({ kind: isShared ? "too-many-requests" : "invalid" });
    await expect(ask(carol, asks, 15 * 60_000)).rejects.toMatchObject({ kind: "invalid" });
  });
});
