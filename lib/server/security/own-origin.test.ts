import { describe, expect, it } from "vitest";
import { isFromOwnOrigin } from "./own-origin.ts";

describe("whether a page of ours made a request", () => {
  it.each([
    [{ host: "publisher.test", origin: "https://publisher.test" }, true],
    [{ host: "publisher.test:3000", origin: "http://publisher.test:3000" }, true],
    [{ host: "10.0.0.7:3000", "x-forwarded-host": "publisher.test", origin: "https://publisher.test" }, true],
    [{ host: "publisher.test" }, false],
    [{ host: "publisher.test", origin: "null" }, false],
    [{ host: "publisher.test", origin: "" }, false],
    [{ host: "publisher.test", origin: "https://evil.test" }, false],
    [{ host: "publisher.test", origin: "https://publisher.test.evil.test" }, false],
    [{ host: "publisher.test", origin: "https://evil.test/publisher.test" }, false],
    [{ host: "publisher.test", origin: "https://publisher.test@evil.test" }, false],
    [{ host: "publisher.test", origin: "http://publisher.test:8080" }, false],
    [{ host: "publisher.test", origin: "file://publisher.test" }, false],
    [{ host: "publisher.test", origin: "chrome-extension://publisher.test" }, false],
  ])("%j: %j", (headers, expected) => {
    expect(isFromOwnOrigin(new Headers(headers))).toBe(expected);
  });
});
