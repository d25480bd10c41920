import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./environment.ts";
import { rootDirectory } from "./root-directory.ts";

const database = { DATABASE_URL: "postgresql://fairlead:hunter2@db:5432/fairlead", FAIRLEAD_SECRET: "s".repeat(32) };

describe("the environment", () => {
  it("has a default for everything", () => {
    expect(parseEnvironment({})).toEqual({
      FAIRLEAD_HOME: join(rootDirectory, ".fairlead"),
      HOST: "127.0.0.1",
      PORT: 3000,
      GATEWAY_HOST: "127.0.0.1",
      GATEWAY_PORT: 8280,
      GATEWAY_ADMIN_HOST: "127.0.0.1",
      GATEWAY_ADMIN_PORT: 9280,
      GATEWAY_PUBLIC_URL: "http://localhost:8280",
      GATEWAY_MAX_CONNECTIONS: 20_000,
      GATEWAY_WIRE_PATH: "on",
      LOG_LEVEL: "info",
    });
  });

  it("takes an empty value as unset", () => {
    expect(parseEnvironment({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  it("shows consumers the gateway's port", () => {
    expect(parseEnvironment({ GATEWAY_PORT: "8000" }).GATEWAY_PUBLIC_URL).toBe("http://localhost:8000");
  });

  it.each([
    [{ PORT: "abc" }, 'PORT is "abc"; it must be a port number from 1 to 65535'],
    [{ PORT: "0" }, 'PORT is "0"; it must be a port number from 1 to 65535'],
    [{ GATEWAY_PORT: "65536" }, 'GATEWAY_PORT is "65536"; it must be a port number from 1 to 65535'],
    [{ GATEWAY_ADMIN_PORT: "3000" }, "GATEWAY_ADMIN_PORT is 3000, which is also PORT; it must be another port"],
    [{ HOST: "http://here" }, 'HOST is "http://here"; it must be a host name or an IP address'],
    [
      { GATEWAY_PUBLIC_URL: "ftp://x" },
      'GATEWAY_PUBLIC_URL is "ftp://x"; it must be a URL that begins with http:// or https://',
    ],
    [{ GATEWAY_WORKERS: "two" }, 'GATEWAY_WORKERS is "two"; it must be a number from 1 to 999'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud"; it must be fatal, error, warn, info, debug, trace or silent'],
    [
      { FAIRLEAD_ADMIN_EMAIL: "ada@example.com" },
      "FAIRLEAD_ADMIN_PASSWORD is unset, although FAIRLEAD_ADMIN_EMAIL is set",
    ],
    [{ DATABASE_URL: database.DATABASE_URL }, "FAIRLEAD_SECRET is unset, and needed with DATABASE_URL"],
  ])("refuses %j", (env, message) => {
    expect(() => parseEnvironment(env)).toThrow(message);
  });

  it.each([
    { ...database, DATABASE_URL: "mysql://fairlead:hunter2@db/fairlead" },
    { ...database, FAIRLEAD_SECRET: "hunter2" },
    { FAIRLEAD_ADMIN_EMAIL: "ada@example.com", FAIRLEAD_ADMIN_PASSWORD: "hunter2" },
    { GATEWAY_ADMIN_TOKEN: "hunter2 and more" },
  ])("refuses a secret without repeating it (%#)", (env) => {
    expect(() => parseEnvironment(env)).toThrow("not repeated here");
    expect(() => parseEnvironment(env)).not.toThrow("hunter2");
  });
});
