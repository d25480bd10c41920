import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentHash, isStampCurrent, writeStamp } from "./content-stamp.ts";

describe("a content stamp", () => {
  let root: string;
  const write = (name: string, content: string) => writeFileSync(join(root, name), content);
  const hash = () => contentHash(root, ["app", "config.ts", "absent"]);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "fairlead-stamp-"));
    mkdirSync(join(root, "app/apis"), { recursive: true });
    write("app/apis/page.tsx", "page");
    write("config.ts", "config");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is current until an input changes, moves, appears or goes", () => {
    const stamp = join(root, "stamp");
    expect(isStampCurrent(stamp, hash())).toBe(false);
    writeStamp(stamp, hash());
    expect(isStampCurrent(stamp, hash())).toBe(true);
    write("app/apis/layout.tsx", "layout");
    expect(isStampCurrent(stamp, hash())).toBe(false);
    rmSync(join(root, "app/apis/layout.tsx"));
    expect(isStampCurrent(stamp, hash())).toBe(true);
    write("config.ts", "other");
    expect(isStampCurrent(stamp, hash())).toBe(false);
  });

  it("does not care for tests and files outside", () => {
    const before = hash();
    write("README.md", "text");
    write("app/apis/page.test.tsx", "test");
    expect(hash()).toBe(before);
  });
});
