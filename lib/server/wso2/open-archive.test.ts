import { describe, expect, it } from "vitest";
import { maxArchiveBytes } from "../../model/import-report.ts";
import { openArchive } from "./open-archive.ts";
import { type MadeEntry, makeArchive } from "./testing/make-archive.ts";

const mebibyte = 1024 * 1024;
const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

describe("an archive", () => {
  it("gives its files back, stored and deflated, and leaves folders out", async () => {
    const files = await openArchive(
      makeArchive([
        { name: "Größe-1/", stored: true },
        { name: "Größe-1/api.yaml", content: "type: api" },
        { name: "Größe-1/logo", content: "stored", stored: true },
        { name: "Größe-1/empty" },
      ]),
    );
    expect([...files].map(([path, content]) => [path, textOf(content)])).toEqual([
      ["Größe-1/api.yaml", "type: api"],
      ["Größe-1/logo", "stored"],
      ["Größe-1/empty", ""],
    ]);
  });

  it("may have a comment at its end", async () => {
    const archive = Buffer.from(makeArchive([{ name: "a", content: "a" }]));
    archive.writeUInt16LE(5, archive.length - 2);
    expect((await openArchive(Buffer.concat([archive, Buffer.from("hello")]))).size).toBe(1);
  });

  const bomb = Buffer.alloc(9 * mebibyte);
  const noise = (length: number) =>
    Buffer.from(Array.from({ length }, (_, index) => (index * 7919 + (index >> 3)) & 255));
  const refused: [string, Uint8Array | (() => Uint8Array), RegExp][] = [
    ["no archive", Buffer.from("type: api\n".repeat(10)), /not a zip archive/],
    ["nothing", Buffer.alloc(0), /not a zip archive/],
    ["an archive that is cut off", makeArchive([{ name: "a", content: "a" }]).subarray(0, -5), /not a zip archive/],
    ["an archive that begins too late", makeArchive([{ name: "a", content: "a" }]).subarray(5), /damaged|not where/],
    ["a directory shorter than it says", makeArchive([{ name: "a" }], { count: 2 }), /directory is damaged/],
    ["more entries than anybody needs", () => makeArchive(many(2_001)), /more than 2000 files/],
    ["a zip bomb", () => makeArchive([{ name: "bomb", content: bomb }]), /bomb inflates to a multiple/],
    [
      "a file that is too large",
      makeArchive([{ name: "a", content: "a", says: { size: 11 * mebibyte } }]),
      /larger than 10 MB/,
    ],
    ["files that are too large together", () => makeArchive(large(41)), /larger than 40 MB together/],
    [
      "a bomb that says it is small",
      () => makeArchive([{ name: "a", content: bomb, says: { size: 100 } }]),
      /not as long/,
    ],
    [
      "a file that is shorter than it says",
      makeArchive([{ name: "a", content: "abc", says: { size: 4 } }]),
      /not as long/,
    ],
    [
      "a stored file of another length",
      makeArchive([{ name: "a", content: "abc", stored: true, says: { size: 2 } }]),
      /not as long/,
    ],
    ["a wrong checksum", makeArchive([{ name: "a", content: "abc", says: { crc: 1 } }]), /checksum/],
    [
      "octets that do not inflate",
      makeArchive([{ name: "a", content: noise(50), stored: true, says: { method: 8 } }]),
      /damaged/,
    ],
    ["a path that leads out", makeArchive([{ name: "../../etc/passwd" }]), /leads out/],
    ["a path that leads out in its middle", makeArchive([{ name: "a/../../b" }]), /leads out/],
    ["an absolute path", makeArchive([{ name: "/etc/passwd" }]), /absolute/],
    ["a path with a drive", makeArchive([{ name: "C:api.yaml" }]), /absolute/],
    ["a backslash", makeArchive([{ name: "..\\api.yaml" }]), /backslash/],
    ["an empty segment", makeArchive([{ name: "a//b" }]), /leads out/],
    ["an empty name", makeArchive([{ name: "" }]), /empty/],
    ["a long name", makeArchive([{ name: "a".repeat(301) }]), /longer than 300/],
    ["a name with a line break", makeArchive([{ name: "a\nb" }]), /control characters/],
    ["a name that is not UTF-8", makeArchive([{ name: Uint8Array.of(0x61, 0xff) }]), /not UTF-8/],
    ["a symbolic link", makeArchive([{ name: "api.yaml", content: "/etc/passwd", says: { mode: 0o120777 } }]), /link/],
    ["a device", makeArchive([{ name: "null", says: { mode: 0o020666 } }]), /device/],
    ["the same name twice", makeArchive([{ name: "api.yaml" }, { name: "api.yaml" }]), /twice/],
    ["names that differ in case alone", makeArchive([{ name: "api.yaml" }, { name: "API.yaml" }]), /twice/],
    ["a file and a folder of one name", makeArchive([{ name: "a" }, { name: "a/" }]), /twice/],
    ["an encrypted file", makeArchive([{ name: "a", content: "a", says: { flags: 1 } }]), /encrypted/],
    ["an encrypted directory", makeArchive([{ name: "a", content: "a", says: { flags: 0x2000 } }]), /encrypted/],
    ["sizes that only ZIP64 can say", makeArchive([{ name: "a", says: { size: 0xffffffff } }]), /ZIP64/],
    ["a length that only ZIP64 can say", makeArchive([{ name: "a", says: { packed: 0xffffffff } }]), /ZIP64/],
    ["a count that only ZIP64 can say", makeArchive([{ name: "a" }], { count: 0xffff }), /ZIP64/],
    ["a method that is not known", makeArchive([{ name: "a", says: { method: 12 } }]), /not known \(12\)/],
    ["a file beyond the end", makeArchive([{ name: "a", content: "abc", says: { packed: 9_999 } }]), /cut off/],
    ["a file that is elsewhere", makeArchive([{ name: "a", says: { offset: 3 } }]), /not where/],
    ["another name before the file", makeArchive([{ name: "a", localName: "b" }]), /called or packed otherwise/],
    [
      "files that share octets",
      makeArchive([
        { name: "a", content: "abc" },
        { name: "a2", content: "abc", says: { offset: 0 }, localName: "a2" },
      ]),
      /otherwise|shares/,
    ],
  ];
  it.each(refused)("is refused with %s", async (_, archive, reason) => {
    const bytes = typeof archive === "function" ? archive() : archive;
    await expect(openArchive(bytes)).rejects.toMatchObject({ kind: "invalid", message: expect.stringMatching(reason) });
  });

  it("shares no octets between two files, or is refused", async () => {
    const inner = makeArchive([{ name: "bb", content: "kernel" }]).subarray(0, 40);
    const outer = makeArchive([
      { name: "aa", content: inner, stored: true },
      { name: "bb", content: "kernel", says: { offset: 32 } },
    ]);
    await expect(openArchive(outer)).rejects.toMatchObject({ message: expect.stringMatching(/shares octets with aa/) });
  });

  it("is refused as too large before anything of it is read", async () => {
    await expect(openArchive(new Uint8Array(maxArchiveBytes + 1))).rejects.toMatchObject({ kind: "too-large" });
  });

  function many(count: number): MadeEntry[] {
    return Array.from({ length: count }, (_, index) => ({ name: `file-${index}`, stored: true }));
  }

  function large(count: number): MadeEntry[] {
    return Array.from({ length: count }, (_, index) => ({ name: `file-${index}`, says: { size: mebibyte } }));
  }
});
