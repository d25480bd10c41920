import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { requireActionContext } from "../auth/page-context.ts";
import type { ServerContext } from "../context.ts";
import { log } from "../log.ts";
import { runAction } from "./run-action.ts";

vi.mock("next/cache", () => ({ revalidatePath: vi.fn() }));
vi.mock("../auth/page-context.ts", () => ({ requireActionContext: vi.fn() }));

const context: ServerContext = {
  actor: { id: "1", name: "Ann", email: "ann@example.com", role: "publisher" },
  db: openDatabase("postgresql://nobody@127.0.0.1:1/none"), // Never connected to.
  secret: "secret",
  now: () => new Date(0),
};

beforeEach(() => {
  vi.mocked(requireActionContext).mockResolvedValue(context);
  vi.mocked(revalidatePath).mockClear();
});

describe("a form action", () => {
  it("answers with the value and renders the changed pages anew", async () => {
    expect(await runAction(async ({ actor }) => actor.name, "/apis")).toEqual({ ok: true, value: "Ann" });
    expect(revalidatePath).toHaveBeenCalledWith("/apis", "layout");
  });

  it("tells an expected failure as it is", async () => {
    const items = [{ path: "name", message: "Taken." }];
    const result = await runAction(async () => {
      throw new Problem("conflict", "Taken.", items);
    }, "/apis");
    expect(result).toEqual({ ok: false, problem: { kind: "conflict", message: "Taken.", items } });
    expect(revalidatePath).not.toHaveBeenCalled();
  });

  it("tells that the session has ended", async () => {
    vi.mocked(requireActionContext).mockRejectedValue(new Problem("unauthenticated", "Sign in again."));
    expect(await runAction(async () => 1)).toMatchObject({ ok: false, problem: { kind: "unauthenticated" } });
  });

  it("tells nothing internal of a fault, but a number that is in the log", async () => {
    const logged = vi.spyOn(log, "error").mockImplementation(() => undefined);
    const result = await runAction(async () => {
      throw new Error("connect ECONNREFUSED 10.0.0.7:5432");
    });
    expect(result).toMatchObject({ ok: false, problem: { kind: "unexpected", items: [] } });
    expect(JSON.stringify(result)).not.toContain("10.0.0.7");
    const [entry] = logged.mock.calls[0] ?? [];
    expect(entry).toMatchObject({ err: { message: expect.stringContaining("10.0.0.7") }, id: expect.any(String) });
    const id = typeof entry === "object" && entry !== null && "id" in entry ? String(entry.id) : "none";
    expect(JSON.stringify(result)).toContain(id);
  });

  it("lets a redirect of Next.js through", async () => {
    await expect(runAction(async () => redirect("/sign-in"))).rejects.toMatchObject({
      digest: expect.stringContaining("NEXT_REDIRECT"),
    });
  });
});
