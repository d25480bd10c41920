import { describe, expect, it } from "vitest";
import { openProject } from "./open-project.ts";
import { makeArchive } from "./testing/make-archive.ts";

const api = { name: "P/api.yaml", content: "type: api\ndata: {name: Pizza, version: 1.0}\n" };

describe("an archive in a thread of its own", () => {
  it("gives its project back", async () => {
    const project = await openProject(makeArchive([api, { name: "P/Docs/A/A", content: "# A" }]));
    expect(project).toMatchObject({ form: "4.x", data: { name: "Pizza", version: "1.0" } });
    expect(Buffer.from(project.others.get("Docs/A/A") ?? []).toString()).toBe("# A");
  });

  it.each([
    ["no archive", new TextEncoder().encode("hello"), /is not a zip archive/],
    ["broken settings", makeArchive([{ name: "api.yaml", content: "a: [" }]), /^api\.yaml:1:/],
  ])("is refused in words with %s", async (_what, archive, message) => {
    await expect(openProject(archive)).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "file", message: expect.stringMatching(message) }],
    });
  });

  it("of megabytes of settings leaves the publisher its time for others", async () => {
    const operations = Array.from({ length: 60_000 }, (_, index) => `    - {target: /p${index}, verb: GET}`);
    const large = {
      name: "P/api.yaml",
      content: `${api.content.replace(/data:.*\n/, "")}data:\n  operations:\n${operations.join("\n")}\n`,
    };
    const archive = makeArchive([large]);
    let longestMs = 0;
    let before = performance.now();
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - before);
      before = performance.now();
    }, 1);
    const started = performance.now();
    const { data } = await openProject(archive);
    const tookMs = performance.now() - started;
    clearInterval(watch);
    expect(data.operations).toHaveLength(60_000);
    // A share and no time: on one thread it is all of it.
    expect(longestMs).toBeLessThan(tookMs / 2);
  });
});
