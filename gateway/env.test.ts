import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvironment, workerEnvironment } from "./env.ts";

const needed = {
  DATABASE_URL: "postgresql://fairlead:topsecret@localhost:5432/fairlead",
  FAIRLEAD_SECRET: "0123456789abcdef",
  GATEWAY_ADMIN_TOKEN: "fedcba9876543210",
};

describe("readEnvironment", () => {
  it("fills in what may be left out", () => {
    expect(readEnvironment(needed)).toEqual({
      ...needed,
      FAIRLEAD_HOME: resolve(".fairlead"),
      GATEWAY_HOST: "127.0.0.1",
      GATEWAY_PORT: 8280,
      GATEWAY_ADMIN_HOST: "127.0.0.1",
      GATEWAY_ADMIN_PORT: 9280,
      GATEWAY_MAX_CONNECTIONS: 20_000,
      GATEWAY_WIRE_PATH: "on",
      LOG_LEVEL: "info",
    });
  });

  it("takes an empty value for none", () => {
    expect(readEnvironment({ ...needed, GATEWAY_PORT: "", LOG_LEVEL: "" })).toMatchObject({
      GATEWAY_PORT: 8280,
      LOG_LEVEL: "info",
    });
    expect(() => readEnvironment({ ...needed, DATABASE_URL: "" })).toThrow(/^DATABASE_URL is unset/);
  });

  it.each(Object.keys(needed))("names %s where it is missing", (name) => {
    expect(() => readEnvironment({ ...needed, [name]: undefined })).toThrow(
      new RegExp(`^${name} is unset: it is needed\\.$`),
    );
  });

  it.each([
    ["GATEWAY_PORT", "65536", "a port number from 0 to 65535"],
    ["GATEWAY_PORT", "80a", "a port number from 0 to 65535"],
    ["GATEWAY_PORT", "-1", "a port number from 0 to 65535"],
    ["GATEWAY_ADMIN_PORT", "8280.5", "a port number from 0 to 65535"],
    ["GATEWAY_HOST", "a host", "a host name or an IP address"],
    ["GATEWAY_WORKERS", "0", "a number from 1 to 999"],
    ["GATEWAY_WORKERS", "two", "a number from 1 to 999"],
    ["LOG_LEVEL", "loud", "fatal, error, warn, info, debug, trace or silent"],
  ])("says of %s=%s what is accepted, in one line", (name, value, accepted) => {
    expect(() => readEnvironment({ ...needed, [name]: value })).toThrow(
      `${name} is ${JSON.stringify(value)}: expected ${accepted}.`,
    );
  });

  it.each([
    ["DATABASE_URL", "mysql://u:hunter2@h/db"],
    ["FAIRLEAD_SECRET", "hunter2"],
    ["GATEWAY_ADMIN_TOKEN", "hunter2"],
  ])("never shows the value of %s", (name, value) => {
    let message = "";
    try {
      readEnvironment({ ...needed, [name]: value });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(`${name} has a value that is not accepted`);
    expect(message).not.toContain("hunter2");
  });
});

it("tells worker threads nothing of the environment but that they are watched", () => {
  expect(workerEnvironment({ ...needed, PATH: "/bin" })).toEqual({});
  expect(workerEnvironment({ ...needed, WATCH_REPORT_DEPENDENCIES: "1" })).toEqual({ WATCH_REPORT_DEPENDENCIES: "1" });
});
