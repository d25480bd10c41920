import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { defaultGuardSettings } from "../../model/guard.ts";
import { listAuditEvents } from "../admin/list-audit-events.ts";
import { createApi } from "../apis/create-api.ts";
import { deleteApi } from "../apis/delete-api.ts";
import { getApi } from "../apis/get-api.ts";
import { listApiHistory } from "../apis/list-api-revisions.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { findGuardWatch } from "../guard/list-guard-watches.ts";
import { setApiGuard } from "../guard/set-api-guard.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { cancelSchedule, rescheduleChange } from "./change-schedule.ts";
import { findRefusedSchedule, listSchedules } from "./list-schedules.ts";
import { publishDueChanges, publishScheduledNow } from "./publish-scheduled.ts";
import { scheduleChange } from "./schedule-change.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;
let count = 0;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  admin = await publisher.person("Ada", "admin");
});
afterAll(() => publisher?.close());

const at = (url: string, more: object = {}): EndpointConfig => ({
  ...{ kind: "single", protocol: "rest", retryNonIdempotent: false },
  ...{ production: { id: "p", url, settings: {} }, ...more },
});

async function liveApi(more: object = {}) {
  count += 1;
  const names = { name: `Scheduled${count}`, context: `/scheduled-${count}`, version: "1" };
  return createApi(ann, { ...names, endpointConfig: at("http://old.example"), publish: true, ...more });
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const tonight = () => ({ publishAt: inAnHour(), timeZone: "Europe/Berlin", comment: "New backend" });
const newBackend = () => ({ endpointConfig: at("http://new.example") });

/** Its time comes, by the only clock that counts. */
const due = (id: string) => publisher.db.$executeRaw`
  UPDATE scheduled_publish SET publish_at = clock_timestamp() - interval '1 second' WHERE id = ${id}::uuid`;
const publish = () => publishDueChanges({ db: ann.db, secret: ann.secret, now: ann.now });
const only = async (apiId: string) => (await listSchedules(ann, apiId))[0];

describe("a scheduled change", () => {
  it("waits for its time, and is live then, in the name of who scheduled it", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight(), api.revision);
    await publish();
    expect((await getApi(ann, api.id)).revision).toBe(api.revision);
    expect(await only(api.id)).toMatchObject({
      ...{ id, state: "scheduled", timeZone: "Europe/Berlin", comment: "New backend", actorName: "Ann" },
      changes: [{ subject: "Production endpoint", before: "http://old.example", after: "http://new.example" }],
      changedMeanwhile: [],
    });

    await due(id);
    await publish();
    const live = await getApi(ann, api.id);
    expect(live.endpointConfig).toMatchObject(at("http://new.example"));
    expect(await only(api.id)).toMatchObject({ state: "published", revision: live.revision });
    const [newest] = (await listApiHistory(ann, api.id)).revisions;
    expect(newest).toMatchObject({ action: "Scheduled publish", actorName: "Ann", comment: "New backend" });
    const actions = (await listAuditEvents(admin, { subjectId: api.id })).map(({ action }) => action);
    expect(actions).toEqual(["schedule.publish", "schedule.create", "api.create"]);
  });

  it("is published once by several publishers that look at once", async () => {
    const api = await liveApi();
    await due(await scheduleChange(ann, api.id, newBackend(), tonight()));
    await Promise.all(Array.from({ length: 6 }, publish));
    expect((await listApiHistory(ann, api.id)).total).toBe(2);
    expect(await only(api.id)).toMatchObject({ state: "published" });
  });

  it("is refused at its time when somebody saved meanwhile, and shows what", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight());
    await updateApi(admin, api.id, { apiKeyRequired: false });
    expect(await only(api.id)).toMatchObject({
      state: "scheduled",
      changedMeanwhile: [{ subject: "API-key security" }],
    });
    await due(id);
    await publish();
    expect(await only(api.id)).toMatchObject({
      state: "refused",
      reason: expect.stringMatching(
        /^Ada saved this API.*Changed: API-key security\.\nAPI-key security: was on, is now off/,
      ),
      changes: [{ subject: "Production endpoint", after: "http://new.example" }],
      changedMeanwhile: [{ subject: "API-key security", before: "on", after: "off" }],
    });
    expect((await getApi(ann, api.id)).endpointConfig).toMatchObject(at("http://old.example"));
    const [event] = await listAuditEvents(admin, { subjectId: api.id });
    expect(event).toMatchObject({ action: "schedule.refuse", actorName: "Ann" });
  });

  it("that was refused can be published on top of what is there now", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight());
    const theirs = await updateApi(admin, api.id, { apiKeyRequired: false });
    await due(id);
    await publish();
    await expect(publishScheduledNow(ann, api.id, id, api.revision)).rejects.toMatchObject({ kind: "stale" });
    const live = await publishScheduledNow(ann, api.id, id, theirs.revision);
    expect(live).toMatchObject({ apiKeyRequired: false, endpointConfig: at("http://new.example") });
    await expect(publishScheduledNow(ann, api.id, id)).rejects.toMatchObject({ kind: "invalid" });
  });

  it("that was refused is told of until somebody gives it up", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight());
    expect(await findRefusedSchedule(ann, api.id)).toBeNull();
    await updateApi(admin, api.id, { apiKeyRequired: false });
    await due(id);
    await publish();
    expect(await findRefusedSchedule(ann, api.id)).toMatchObject({
      reason: expect.stringMatching(/^Ada saved this API/),
    });
    await expect(findRefusedSchedule(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await cancelSchedule(ann, api.id, id);
    expect(await findRefusedSchedule(ann, api.id)).toBeNull();
  });

  it.each<[string, (api: { id: string; context: string }) => Promise<unknown>, object, RegExp]>([
    [
      "its path is taken by then",
      ({ context }) =>
        createApi(bob, { name: `Taker ${context.slice(6)}`, context: "/shop", version: context.slice(6) }),
      { isDefaultVersion: true },
      /^The path \/shop\/.* is taken by an API of another publisher/,
    ],
    [
      "who scheduled it has no account any more",
      () => publisher.db.user.update({ where: { id: ann.actor.id }, data: { banned: true } }),
      newBackend(),
      /^Ann, who scheduled it, has no active account/,
    ],
    [
      "the API is another publisher's by then",
      ({ id }) => publisher.db.api.update({ where: { id }, data: { ownerId: bob.actor.id } }),
      newBackend(),
      /^This API belongs to another publisher/,
    ],
    [
      "gateways would refuse it by then",
      () => publisher.db.$executeRaw`UPDATE scheduled_publish
        SET changes = replace(changes::text, 'new.example', 'new.example/ü')::jsonb WHERE state = 'scheduled'`,
      newBackend(),
      /^A gateway cannot send “ü”/,
    ],
  ])("is refused with the reason when %s", async (_name, happen, change, reason) => {
    count += 1;
    const api = await liveApi({ context: `/shop/s${count}` });
    const id = await scheduleChange(ann, api.id, change, tonight());
    await happen(api);
    await due(id);
    await publish();
    await publisher.db.user.update({ where: { id: ann.actor.id }, data: { banned: false } });
    const row = await publisher.db.scheduledPublish.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: "refused", reason: expect.stringMatching(reason) });
    expect((await getApi(admin, api.id)).revision).toBe(api.revision);
  });

  it("is watched like any other where publishes are guarded", async () => {
    const api = await liveApi();
    await setApiGuard(ann, api.id, { ...defaultGuardSettings, enabled: true });
    await due(await scheduleChange(ann, api.id, newBackend(), tonight()));
    await publish();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "watching", baseRevision: api.revision });
  });

  it("goes with its API", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight());
    await deleteApi(ann, api.id);
    await publish();
    expect(await publisher.db.scheduledPublish.findUnique({ where: { id } })).toBeNull();
  });

  it("keeps a secret sealed, brings it back as it was typed, and shows it nowhere", async () => {
    const api = await liveApi();
    const secured = (password: string) =>
      at("http://old.example", { extra: { endpoint_security: { production: { password } } } });
    await updateApi(ann, api.id, { endpointConfig: secured("first") });
    const sealed = JSON.stringify((await publisher.db.api.findUniqueOrThrow({ where: { id: api.id } })).endpointConfig);
    const id = await scheduleChange(ann, api.id, { endpointConfig: secured("first"), description: "New." }, tonight());
    const shown = JSON.stringify([
      await listSchedules(ann, api.id),
      await listAuditEvents(admin, { subjectId: api.id }),
    ]);
    expect(shown).not.toMatch(/sealed:|first/);
    await due(id);
    await publish();
    const row = await publisher.db.api.findUniqueOrThrow({ where: { id: api.id } });
    expect(JSON.stringify(row.endpointConfig)).toBe(sealed);
    expect(row.description).toBe("New.");
  });
});

describe("scheduling", () => {
  it.each([
    [{ publishAt: "2020-01-01T00:00:00Z" }, "publishAt", /^This time is over: it is .* \(UTC\) now\.$/],
    [{ publishAt: "2130-01-01T00:00:00Z" }, "publishAt", /at most 366 days/],
    [{ publishAt: "2030-01-01T00:00" }, "publishAt", /offset from UTC/],
    [{ timeZone: "Mars/Olympus" }, "timeZone", /Europe\/Berlin/],
    [{ comment: "x".repeat(501) }, "comment", /500/],
  ])("refuses %j at its field", async (wrong, path, message) => {
    const api = await liveApi();
    const time = { publishAt: inAnHour(), ...wrong };
    await expect(scheduleChange(ann, api.id, newBackend(), time)).rejects.toMatchObject({
      ...{ kind: "invalid", message: expect.stringMatching(message) },
      items: [{ path }],
    });
  });

  it("goes by the database's clock, however far a publisher's is off", async () => {
    const api = await liveApi();
    const late = { ...ann, now: () => new Date(Date.now() + 7_200_000) };
    const id = await scheduleChange(late, api.id, newBackend(), tonight());
    await publishDueChanges({ db: late.db, secret: late.secret, now: late.now });
    expect(await only(api.id)).toMatchObject({ id, state: "scheduled" });
  });

  it("refuses at once what SAVE would refuse, and what changes nothing", async () => {
    const api = await liveApi();
    const attempt = (changes: object, revision?: number) => scheduleChange(ann, api.id, changes, tonight(), revision);
    await expect(attempt({ endpointConfig: null })).rejects.toMatchObject({ items: [{ path: "endpointConfig" }] });
    await expect(attempt({ endpointConfig: at("http://new.example/ü") })).rejects.toMatchObject({
      items: [{ path: "endpointConfig.production.url" }],
    });
    await expect(attempt({ context: "/other" })).rejects.toMatchObject({ items: [{ path: "context" }] });
    await expect(attempt({ description: "" })).rejects.toMatchObject({
      message: expect.stringContaining("nothing to schedule"),
    });
    await updateApi(admin, api.id, { description: "Theirs." });
    await expect(attempt(newBackend(), api.revision)).rejects.toMatchObject({ kind: "stale" });
  });

  it("can be changed and cancelled before its time, and not after", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight());
    await rescheduleChange(ann, api.id, id, {
      publishAt: "2027-03-01T08:00:00+01:00",
      timeZone: "UTC",
      comment: "Later",
    });
    expect(await only(api.id)).toMatchObject({ publishAt: new Date("2027-03-01T07:00:00Z"), comment: "Later" });
    await cancelSchedule(ann, api.id, id);
    expect(await only(api.id)).toMatchObject({ state: "cancelled", reason: "Cancelled by Ann." });
    await due(id);
    await publish();
    expect((await getApi(ann, api.id)).revision).toBe(api.revision);
    await expect(cancelSchedule(ann, api.id, id)).rejects.toMatchObject({ kind: "invalid" });
    await expect(rescheduleChange(ann, api.id, id, tonight())).rejects.toMatchObject({ kind: "invalid" });
    await expect(publishScheduledNow(ann, api.id, id)).rejects.toMatchObject({ kind: "invalid" });
  });

  it("is for those who may save the API", async () => {
    const api = await liveApi();
    const id = await scheduleChange(ann, api.id, newBackend(), tonight());
    for (const attempt of [
      () => scheduleChange(bob, api.id, newBackend(), tonight()),
      () => listSchedules(bob, api.id),
      () => cancelSchedule(bob, api.id, id),
      () => rescheduleChange(bob, api.id, id, tonight()),
      () => publishScheduledNow(bob, api.id, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(cancelSchedule(ann, api.id, "nonsense")).rejects.toMatchObject({ kind: "not-found" });
  });
});
