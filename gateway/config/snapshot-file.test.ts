import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { findSnapshotFile, writeSnapshotFile } from "./snapshot-file.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairlead-snapshot-"));
  path = join(folder, "home", "snapshot.json");
});
afterEach(() => rm(folder, { recursive: true }));

const apis = [
  apiWith({
    id: "a",
    production: [{ url: "http://127.0.0.1:1", settings: { suspendFactor: 1.5 } }],
    sandbox: ["http://h/"],
  }),
  apiWith({ id: "b", kind: "failover", context: "/b", production: ["http://h/1", "http://h/2"] }),
];

describe("the snapshot file", () => {
  it("gives back what was written", async () => {
    await writeSnapshotFile(path, { revision: 42, apis });
    expect(await findSnapshotFile(path)).toEqual({ revision: 42, apis, refused: [] });
  });

  it("is for its owner's eyes, replaces the one before, and leaves nothing beside it", async () => {
    await writeSnapshotFile(path, { revision: 1, apis });
    await writeSnapshotFile(path, { revision: 2, apis: [] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, "home"))).toEqual(["snapshot.json"]);
    expect((await findSnapshotFile(path))?.revision).toBe(2);
  });

  it("is none where there is none", async () => {
    expect(await findSnapshotFile(path)).toBeUndefined();
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["of another format", (text: string) => text.replace('"formatVersion":1', '"formatVersion":2')],
    ["something else", () => "[1, 2]"],
  ])("counts as none when it is %s", async (_case, damage) => {
    await writeSnapshotFile(path, { revision: 42, apis });
    await writeFile(path, damage(await readFile(path, "utf8")));
    expect(await findSnapshotFile(path)).toBeUndefined();
  });

  it("loses only the API that cannot be read", async () => {
    await writeSnapshotFile(path, { revision: 42, apis });
    await writeFile(path, (await readFile(path, "utf8")).replace('"context":"/b"', '"context":7'));
    expect((await findSnapshotFile(path))?.apis.map(({ id }) => id)).toEqual(["a"]);
  });
});
