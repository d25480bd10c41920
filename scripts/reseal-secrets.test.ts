import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sealingKey, unseal } from "../lib/db/sealed-text.ts";
import { createApi } from "../lib/server/apis/create-api.ts";
import { updateApi } from "../lib/server/apis/update-api.ts";
import { addCertificate } from "../lib/server/certificates/add-certificate.ts";
import { openTestPublisher, type TestPublisher, testSecret } from "../lib/server/testing/publisher.ts";
import { resealSecrets } from "./reseal-secrets.ts";
import { makeCertificate } from "./testing/make-certificate.ts";

const secrets = { old: testSecret, new: "another secret of at least thirty-two characters" };
let publisher: TestPublisher;
let client: Client;

beforeAll(async () => {
  publisher = await openTestPublisher();
  client = new Client({ connectionString: publisher.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await publisher?.close();
});

/** Every sealed text that is stored, opened with a secret; undefined where it does not open. */
async function opened(secret: string): Promise<(string | undefined)[]> {
  const { rows } = await client.query<{ text: string | null }>(`
    SELECT endpoint_config::text AS text FROM api UNION ALL SELECT document::text FROM api_revision
    UNION ALL SELECT private_key FROM endpoint_certificate`);
  const sealed = rows.flatMap(({ text }) => text?.match(/sealed:v1:[A-Za-z0-9_-]+/g) ?? []);
  return sealed.map((text) => unseal(text, sealingKey(secret))?.slice(0, 11)).toSorted();
}

it("puts secrets of endpoints, their history, private keys and second factors under another secret, once", async () => {
  const ann = await publisher.person("Ann");
  const config = (password: string) => ({
    ...({ kind: "single", protocol: "rest", production: { id: "a", url: "https://a.example" } } as const),
    extra: { endpoint_security: { production: { enabled: true, type: "BASIC", username: "u", password } } },
  });
  const api = await createApi(ann, { name: "A", context: "/a", version: "1", endpointConfig: config("first") });
  await updateApi(ann, api.id, { endpointConfig: config("second") });
  const { cert, key } = await makeCertificate({ name: "gateway" });
  const certificate = { kind: "client", alias: "c", host: "a.example", certificate: cert, privateKey: key } as const;
  await addCertificate(ann, api.id, certificate);
  const [secret, backupCodes] = await Promise.all(
    ["totp", "codes"].map((data) => symmetricEncrypt({ key: secrets.old, data })),
  );
  const factor = { id: "f", userId: ann.actor.id, secret: secret ?? "", backupCodes: backupCodes ?? "" };
  await publisher.db.twoFactor.create({ data: factor });

  const wrong = resealSecrets(client, { old: "not the secret that was in use here", new: secrets.new });
  await expect(wrong).rejects.toThrow("opens nothing of what is stored");
  const before = await opened(secrets.old);
  expect(before).toEqual(["-----BEGIN ", "first", "second", "second"]);
  expect(await resealSecrets(client, secrets)).toEqual({ resealed: 6, unreadable: 0 });
  expect(await opened(secrets.new)).toEqual(before);
  expect(new Set(await opened(secrets.old))).toEqual(new Set([undefined]));
  const stored = await publisher.db.twoFactor.findUniqueOrThrow({ where: { id: "f" } });
  expect(await symmetricDecrypt({ key: secrets.new, data: stored.secret })).toBe("totp");
  expect(await resealSecrets(client, secrets)).toEqual({ resealed: 0, unreadable: 0 });
});
