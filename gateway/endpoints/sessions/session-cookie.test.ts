import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SessionCookieCodec, sessionSetCookie } from "./session-cookie.ts";

const codec = new SessionCookieCodec("a secret of this installation");
const group = fc.stringMatching(/^[A-Za-z0-9_-]{16}$/);
const claims = fc.record({
  endpointId: fc.string({ minLength: 1, maxLength: 64, unit: "grapheme" }),
  expiresAtMs: fc.integer({ min: 1, max: 8e15 }),
});

describe("the session cookie", () => {
  it("says at every gateway with the secret what it was written with", () => {
    const other = new SessionCookieCodec("a secret of this installation");
    fc.assert(
      fc.property(group, claims, (tag, claim) => {
        const value = codec.write(tag, claim, [], 0);
        expect(value).toMatch(/^[A-Za-z0-9_.~-]+$/);
        expect(other.read(tag, [value], claim.expiresAtMs - 1)).toEqual(claim);
      }),
    );
  });

  it("says nothing from its expiry on", () => {
    const value = codec.write("g", { endpointId: "A", expiresAtMs: 1000 }, [], 0);
    expect(codec.read("g", [value], 999)).toBeDefined();
    expect(codec.read("g", [value], 1000)).toBeUndefined();
  });

  it("says nothing once a character of it has changed", () => {
    fc.assert(
      fc.property(group, claims, fc.nat(), fc.stringMatching(/^[A-Za-z0-9_.~-]$/), (tag, claim, at, character) => {
        const value = codec.write(tag, claim, [], 0);
        const place = at % value.length;
        const tampered = value.slice(0, place) + character + value.slice(place + 1);
        fc.pre(tampered !== value);
        expect(codec.read(tag, [tampered], 0)).toBeUndefined();
      }),
    );
  });

  it("says nothing to another group or another installation", () => {
    const value = codec.write("group-1", { endpointId: "A", expiresAtMs: 1000 }, [], 0);
    expect(codec.read("group-2", [value], 0)).toBeUndefined();
    expect(codec.read("group-2", [value.replace("group-1", "group-2")], 0)).toBeUndefined();
    expect(new SessionCookieCodec("another secret").read("group-1", [value], 0)).toBeUndefined();
  });

  it("says nothing when it is no cookie of ours at all", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (values) => {
        expect(codec.read("g", values, 0)).toBeUndefined();
      }),
    );
  });

  it("keeps the sessions of other versions of an API, which share its path", () => {
    const first = codec.write("v1", { endpointId: "A", expiresAtMs: 1000 }, [], 0);
    const both = codec.write("v2", { endpointId: "X", expiresAtMs: 1000 }, [first], 0);
    expect(codec.read("v1", [both], 0)?.endpointId).toBe("A");
    const renewed = codec.write("v1", { endpointId: "B", expiresAtMs: 2000 }, [both], 0);
    expect(codec.read("v1", [renewed], 0)?.endpointId).toBe("B");
    expect(codec.read("v2", [renewed], 0)?.endpointId).toBe("X");
    expect(renewed.split("~")).toHaveLength(2);
  });

  it("carries nothing over that is expired, tampered or too much", () => {
    const old = codec.write("old", { endpointId: "A", expiresAtMs: 10 }, [], 0);
    const junk = Array.from({ length: 1000 }, (_, index) => `g${index}.QQ.zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAA`).join("~");
    expect(codec.write("g", { endpointId: "A", expiresAtMs: 1000 }, [old, junk], 20).split("~")).toHaveLength(1);
    let value = "";
    for (let turn = 0; turn < 20; turn += 1) {
      value = codec.write(`g${turn}`, { endpointId: "A", expiresAtMs: 1000 }, [value], 0);
    }
    expect(value.split("~")).toHaveLength(8);
    expect(codec.read("g19", [value], 0)).toBeDefined();
  });

  it.each([
    [false, "FAIRLEAD_SESSION=v; Path=/a; HttpOnly; SameSite=Lax"],
    [true, "FAIRLEAD_SESSION=v; Path=/a; HttpOnly; SameSite=Lax; Secure"],
  ])("is out of reach of scripts and other sites; over TLS (%s) it stays on TLS", (isSecure, line) => {
    expect(sessionSetCookie("v", "/a", isSecure)).toBe(line);
  });
});
