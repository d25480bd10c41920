import { describe, expect, it } from "vitest";
import { parsePublisherEnvironment } from "./env.ts";

const given = { DATABASE_URL: "postgresql://u:hunter2@localhost/db", FAIRLEAD_SECRET: "0123456789abcdef" };

describe("the publisher's environment", () => {
  it("has defaults", () => {
    expect(parsePublisherEnvironment({ ...given, HOST: "" })).toEqual({
      databaseUrl: given.DATABASE_URL,
      secret: given.FAIRLEAD_SECRET,
      host: "127.0.0.1",
      port: 3000,
      gatewayPublicUrl: "http://localhost:8280",
      trustedProxies: undefined,
      firstAdministrator: undefined,
    });
  });

  it.each([
    [{ PORT: "70000" }, /^PORT is "70000"; it must be a port number/],
    [{ HOST: "a b" }, /^HOST is "a b"/],
    [{ GATEWAY_PUBLIC_URL: "ftp://x" }, /^GATEWAY_PUBLIC_URL is "ftp:\/\/x"; it must be a URL/],
    [{ TRUSTED_PROXIES: "proxy" }, /^TRUSTED_PROXIES is "proxy"; it must be addresses or networks by commas/],
    [{ FAIRLEAD_ADMIN_EMAIL: "nobody" }, /^FAIRLEAD_ADMIN_EMAIL is "nobody"; it must be an e-mail address/],
    [{ FAIRLEAD_ADMIN_EMAIL: "a@b.example" }, /go together/],
    [{ DATABASE_URL: undefined }, /^DATABASE_URL is unset/],
  ])("names what is wrong with %j, and what would be accepted", (change, message) => {
    expect(() => parsePublisherEnvironment({ ...given, ...change })).toThrow(message);
  });

  it.each([{ DATABASE_URL: "mysql://u:hunter2@x/y" }, { FAIRLEAD_SECRET: "hunter2" }])("never repeats %j", (change) => {
    expect(() => parsePublisherEnvironment({ ...given, ...change })).toThrow(/not repeated here/);
    expect(() => parsePublisherEnvironment({ ...given, ...change })).not.toThrow(/hunter2/);
  });
});
