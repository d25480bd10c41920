import { describe, expect, it } from "vitest";
import { readEndpointSecurity } from "./endpoint-security.ts";

const read = (production: unknown) =>
  readEndpointSecurity({ extra: { endpoint_security: { production } } }, "production");
const oauth = {
  ...{ enabled: true, type: "OAUTH", grantType: "CLIENT_CREDENTIALS", tokenUrl: "https://idp.example/token" },
  ...{ clientId: "id", clientSecret: "secret" },
};
const asOauth = {
  ...{ kind: "oauth", tokenUrl: "https://idp.example/token", clientId: "id", clientSecret: "secret" },
  ...{ clientAuthentication: "HEADER", scopes: [], customParameters: {}, owner: undefined },
};

describe("endpoint security", () => {
  it.each([
    ["nothing", undefined, undefined],
    ["what is switched off", { enabled: false, type: "BASIC" }, undefined],
    ["NONE", { enabled: true, type: "NONE" }, undefined],
    [
      "BASIC",
      { enabled: true, type: "BASIC", username: "u", password: "p" },
      { kind: "basic", username: "u", password: "p" },
    ],
    [
      "an older spelling",
      { enabled: "true", type: "digest", username: "u", password: "p", x: 1 },
      { kind: "digest", username: "u", password: "p" },
    ],
    ["OAUTH", oauth, asOauth],
    [
      "OAUTH with everything",
      {
        ...{
          ...oauth,
          grantType: "password",
          username: "u",
          password: "p",
          clientAuthentication: "body",
          scopes: "a b",
        },
        customParameters: '{"audience":{"value":"orders","secured":"false"},"n":1}',
      },
      {
        ...{ ...asOauth, clientAuthentication: "BODY", scopes: ["a", "b"] },
        ...{ customParameters: { audience: "orders", n: "1" }, owner: { username: "u", password: "p" } },
      },
    ],
    ["OAUTH with nothing in its lists", { ...oauth, customParameters: "", scopes: null }, asOauth],
    [
      "API_KEY",
      { enabled: true, type: "API_KEY", apiKeyIdentifier: "X-Key", apiKeyIdentifierType: "header", apiKeyValue: "k" },
      { kind: "api-key", place: "header", name: "X-Key", value: "k" },
    ],
  ])("reads %s", (_, stored, security) => {
    expect(read(stored)).toEqual({ ok: true, security });
  });

  it.each([
    [{ enabled: true, type: "KERBEROS" }, "type", /one of NONE, BASIC, DIGEST/],
    [{ enabled: true, type: "BASIC", username: "u", password: "" }, "password", /Enter the password/],
    [{ enabled: true, type: "BASIC", username: "a:b", password: "p" }, "username", /no colon/],
    [{ enabled: true, type: "BASIC", username: "a\nb", password: "p" }, "username", /Control characters/],
    [{ ...oauth, grantType: "IMPLICIT" }, "grantType", /CLIENT_CREDENTIALS or PASSWORD/],
    [{ ...oauth, grantType: "PASSWORD" }, "username", /Enter the user name/],
    [{ ...oauth, tokenUrl: "ftp://idp" }, "tokenUrl", /begin with http/],
    [{ ...oauth, customParameters: "[1]" }, "customParameters", /names and values/],
    [{ ...oauth, customParameters: { grant_type: "x" } }, "customParameters", /are not custom parameters/],
    [{ ...oauth, scopes: ['a"b'] }, "scopes.0", /A scope has/],
    [
      { enabled: true, type: "APIKEY", apiKeyIdentifier: "Host", apiKeyIdentifierType: "HEADER", apiKeyValue: "k" },
      "apiKeyIdentifier",
      /cannot go in Host/,
    ],
    [
      { enabled: true, type: "APIKEY", apiKeyIdentifier: "a b", apiKeyIdentifierType: "HEADER", apiKeyValue: "k" },
      "apiKeyIdentifier",
      /letters, digits/,
    ],
    [
      { enabled: true, type: "APIKEY", apiKeyIdentifier: "X", apiKeyIdentifierType: "HEADER", apiKeyValue: "ключ" },
      "apiKeyValue",
      /ISO 8859-1/,
    ],
    [
      { enabled: true, type: "APIKEY", apiKeyIdentifier: "k", apiKeyIdentifierType: "COOKIE", apiKeyValue: "k" },
      "apiKeyIdentifierType",
      /HEADER or QUERY_PARAMETER/,
    ],
  ])("refuses %j at %s", (stored, field, message) => {
    expect(read(stored)).toEqual({
      ok: false,
      issues: expect.arrayContaining([
        { path: `endpoint_security.production.${field}`, message: expect.stringMatching(message) },
      ]),
    });
  });
});
