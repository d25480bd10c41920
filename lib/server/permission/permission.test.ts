import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import { tokenScopes, type UserRole, userRoles } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { defaultGuardSettings } from "../../model/guard.ts";
import { Problem } from "../../model/problem.ts";
import { changeApiKeyAction, rotateApiKeyAction } from "../actions/api-key-actions.ts";
import {
  addCertificateAction,
  removeCertificateAction,
  renewCertificateAction,
} from "../actions/certificate-actions.ts";
import { changeLifecycleAction } from "../actions/change-lifecycle-action.ts";
import { checkEndpointAction } from "../actions/check-endpoint-action.ts";
import { addCoOwnerAction, removeCoOwnerAction } from "../actions/co-owner-actions.ts";
import { compareApiRevisionsAction } from "../actions/compare-api-revisions-action.ts";
import { copyApiAction } from "../actions/copy-api-action.ts";
import { createAccessTokenAction } from "../actions/create-access-token-action.ts";
import { createApiAction } from "../actions/create-api-action.ts";
import { createApiKeyAction } from "../actions/create-api-key-action.ts";
import { createUserAction } from "../actions/create-user-action.ts";
import { deleteApiAction } from "../actions/delete-api-action.ts";
import {
  createDocumentationAction,
  deleteDocumentationAction,
  updateDocumentationAction,
} from "../actions/documentation-actions.ts";
import { dismissWatchAction, keepWatchedChangeAction } from "../actions/end-watch-action.ts";
import { getApiLiveStateAction } from "../actions/get-api-live-state-action.ts";
import { inviteAction, withdrawInvitationAction } from "../actions/invitation-actions.ts";
import { isContextTakenAction } from "../actions/is-context-taken-action.ts";
import { updateRateTierAction } from "../actions/rate-tier-actions.ts";
import { resetUserPasswordAction } from "../actions/reset-user-password-action.ts";
import { restoreApiRevisionAction } from "../actions/restore-api-revision-action.ts";
import { restoreDeletedApiAction } from "../actions/restore-deleted-api-action.ts";
import { revokeAccessTokenAction } from "../actions/revoke-access-token-action.ts";
import { revokeApiKeyAction } from "../actions/revoke-api-key-action.ts";
import { revokeOwnSessionAction } from "../actions/revoke-own-session-action.ts";
import { revokeUserSessionsAction } from "../actions/revoke-user-sessions-action.ts";
import {
  cancelScheduleAction,
  publishScheduledAction,
  rescheduleAction,
  scheduleChangeAction,
} from "../actions/schedule-actions.ts";
import { resetUserSecondFactorAction } from "../actions/second-factor-actions.ts";
import { setApiGuardAction } from "../actions/set-api-guard-action.ts";
import { setUserActiveAction } from "../actions/set-user-active-action.ts";
import { setUserRoleAction } from "../actions/set-user-role-action.ts";
import { switchEndpointAction } from "../actions/switch-endpoint-action.ts";
import { transferApiAction } from "../actions/transfer-actions.ts";
import { updateApiAction } from "../actions/update-api-action.ts";
import { beginActing, endActing } from "../admin/act-on-behalf.ts";
import { getStoredApi } from "../admin/get-stored-api.ts";
import { getSystem } from "../admin/get-system.ts";
import { listAuditEvents } from "../admin/list-audit-events.ts";
import { listStoredApis } from "../admin/list-stored-apis.ts";
import { createApi } from "../apis/create-api.ts";
import { deleteApi } from "../apis/delete-api.ts";
import { auth } from "../auth/auth.ts";
import { requireActionContext } from "../auth/page-context.ts";
import type { ServerContext } from "../context.ts";
import { closeDatabase, database } from "../database.ts";
import { listGateways } from "../gateways/list-gateways.ts";
import { type RestCall, restClient } from "../http/testing/rest-client.ts";
import { log } from "../log.ts";
import { findRequest } from "../requests/find-request.ts";
import { listRequests } from "../requests/list-requests.ts";
import { createAccessToken, listAccessTokens } from "../users/access-tokens.ts";
import { changePassword } from "../users/change-password.ts";
import { listInvitations } from "../users/invitations.ts";
import { listUsers } from "../users/list-users.ts";
import { listOwnSessions } from "../users/own-sessions.ts";
import { confirmSecondFactor, hasSecondFactor, removeSecondFactor } from "../users/second-factor.ts";
import { neededScope, permissionTable, type Rule, type Verb } from "./permission-table.ts";
import { requirePermission } from "./require-permission.ts";

vi.mock("next/cache", () => ({ revalidatePath: vi.fn() }));
// There are no gateways here; the real one would keep a connection to hear of their answers.
vi.mock("../gateways/gateway-asker.ts", () => ({ gatewayAsker: () => silent }));
vi.mock("../auth/page-context.ts", () => ({ requireActionContext: vi.fn(), requireSession: vi.fn() }));

type Person = { context: ServerContext; call: RestCall };
type Outcome = "allowed" | "forbidden";
type Ways = {
  rest?: (call: RestCall, id: string) => ReturnType<RestCall>;
  action?: (id: string) => Promise<ActionResult<unknown>>;
  /** For what only pages ask for. */
  page?: (context: ServerContext, id: string) => Promise<unknown>;
  /** It is about no API, so there is nothing that is own or another's. */
  noSubject?: true;
};

const nothing = randomUUID();
/** Nobody gets so far that it is needed: there is nobody to act for. */
const session = () => ({ auth: auth(), headers: new Headers() });
const silent = { ask: async () => ({ answers: [], silent: [] }) };
const soon = () => ({ publishAt: new Date(Date.now() + 86_400_000).toISOString() });
const noCertificate = { kind: "trusted", alias: "none", host: "none.example", certificate: "none" } as const;
const noDocument = () => ({ name: `Document ${randomUUID()}`, sourceType: "MARKDOWN" }) as const;
let counter = 0;
function newApi() {
  counter += 1;
  return { name: `Api ${counter}`, context: `/api-${counter}`, version: "1.0.0" };
}
const at = (id: string, rest = "") => `/apis/${id}${rest}`;

/** How each verb is called. What there is not (a key, a watch) is "not found" to whom it is not forbidden. */
const ways: Record<Verb, Ways> = {
  "api.list": { rest: (call) => call("GET", "/apis"), noSubject: true },
  "api.read": { rest: (call, id) => call("GET", at(id)) },
  "api.live": { action: (id) => getApiLiveStateAction(id) },
  "api.history": {
    rest: (call, id) => call("GET", at(id, "/revisions")),
    action: (id) => compareApiRevisionsAction({ apiId: id, from: 1, to: 1 }),
  },
  "endpoint.list": { rest: (call, id) => call("GET", at(id, "/endpoints")) },
  "request.list": {
    rest: (call, id) => call("GET", at(id, "/failures")),
    page: (context, id) => listRequests(context, silent, id, false),
  },
  "request.read": { page: (context, id) => findRequest(context, silent, id, "none") },
  "api-key.list": { rest: (call, id) => call("GET", at(id, "/api-keys")) },
  "certificate.list": { rest: (call, id) => call("GET", at(id, "/endpoint-certificates")) },
  "documentation.list": { rest: (call, id) => call("GET", at(id, "/documents")) },
  "documentation.read": { rest: (call, id) => call("GET", at(id, `/documents/${nothing}`)) },
  "schedule.list": { rest: (call, id) => call("GET", at(id, "/scheduled-publishes")) },
  "statistics.read": { rest: (call, id) => call("GET", at(id, "/statistics")) },
  "guard.read": { rest: (call, id) => call("GET", at(id, "/guard")) },
  "co-owner.list": { rest: (call, id) => call("GET", at(id, "/co-owners")) },
  "deleted-api.list": { rest: (call) => call("GET", "/apis/deleted"), noSubject: true },
  "gateway.list": { page: (context) => listGateways(context), noSubject: true },
  "rate-tier.list": { rest: (call) => call("GET", "/rate-limits"), noSubject: true },

  "api.create": {
    rest: (call) => call("POST", "/apis", newApi()),
    action: () => createApiAction({ ...newApi(), endpointUrl: "http://a.example/", publish: false }),
    noSubject: true,
  },
  "api.check-name": { rest: (call) => call("POST", "/apis/validate?query=name:None"), noSubject: true },
  "api.check-context": { action: () => isContextTakenAction("/none"), noSubject: true },
  "endpoint.check": {
    rest: (call) => call("POST", "/apis/validate-endpoint?endpointUrl=http%3A%2F%2F169.254.169.254%2F"),
    action: () => checkEndpointAction({ url: "http://169.254.169.254/" }),
    noSubject: true,
  },
  "definition.check": {
    rest: (call) => call("POST", "/apis/validate-openapi", { inlineAPIDefinition: "openapi: 3.0.0" }),
    noSubject: true,
  },

  "api.update": {
    rest: async (call, id) => call("PUT", at(id), (await admin.call("GET", at(id))).body),
    action: (id) => updateApiAction(id, { description: "Changed" }, 0),
  },
  "api.copy": {
    rest: (call, id) => call("POST", `/apis/copy-apis?newVersion=2.0.0&apiId=${id}`),
    action: (id) => copyApiAction(id, { version: "3.0.0", isDefaultVersion: false }),
  },
  "api.delete": { rest: (call, id) => call("DELETE", at(id)), action: (id) => deleteApiAction(id) },
  "api.transfer": {
    rest: (call, id) => call("POST", at(id, "/transfer"), { email: "nobody@example.com" }),
    action: (id) => transferApiAction(id, { email: "nobody@example.com" }),
  },
  "co-owner.add": {
    rest: (call, id) => call("POST", at(id, "/co-owners"), { email: "nobody@example.com" }),
    action: (id) => addCoOwnerAction(id, { email: "nobody@example.com" }),
  },
  "co-owner.remove": {
    rest: (call, id) => call("DELETE", at(id, `/co-owners/${nothing}`)),
    action: (id) => removeCoOwnerAction(id, nothing),
  },
  "deleted-api.restore": {
    rest: async (call, id) => {
      await deleteApi(admin.context, id);
      return call("POST", `/apis/deleted/${id}/restore`);
    },
    action: async (id) => {
      await deleteApi(admin.context, id);
      return restoreDeletedApiAction(id);
    },
  },
  "api.lifecycle": {
    rest: (call, id) => call("POST", `/apis/change-lifecycle?action=Publish&apiId=${id}`),
    action: (id) => changeLifecycleAction(id, "Publish"),
  },
  "api.restore": {
    rest: (call, id) => call("POST", at(id, "/restore-revision?revisionId=1")),
    action: (id) => restoreApiRevisionAction({ apiId: id, revision: 1, expectedRevision: 1, comment: "" }),
  },
  "endpoint.switch": {
    rest: (call, id) => call("POST", at(id, `/endpoints/PRODUCTION/${nothing}/switch`), { position: "off" }),
    action: (id) => switchEndpointAction(id, { keyType: "production", endpointId: nothing, position: "off" }),
  },
  "api-key.create": {
    rest: (call, id) => call("POST", at(id, "/api-keys"), { name: "key", keyType: "PRODUCTION" }),
    action: (id) => createApiKeyAction(id, { name: "another key", keyType: "production" }),
  },
  "api-key.rotate": {
    rest: (call, id) => call("POST", at(id, `/api-keys/${nothing}/rotate`), {}),
    action: (id) => rotateApiKeyAction(id, nothing, {}),
  },
  "api-key.change": {
    rest: (call, id) => call("PATCH", at(id, `/api-keys/${nothing}`), { rateLimit: null }),
    action: (id) => changeApiKeyAction(id, nothing, { rateTier: null }),
  },
  "api-key.revoke": {
    rest: (call, id) => call("DELETE", at(id, `/api-keys/${nothing}`)),
    action: (id) => revokeApiKeyAction(id, nothing),
  },
  "api-key.try-out": { rest: (call, id) => call("POST", at(id, "/generate-key")) },
  "certificate.add": {
    rest: (call, id) => call("POST", at(id, "/endpoint-certificates"), noCertificate),
    action: (id) => addCertificateAction(id, noCertificate),
  },
  "certificate.renew": {
    rest: (call, id) => call("PUT", at(id, `/endpoint-certificates/${nothing}`), { certificate: "none" }),
    action: (id) => renewCertificateAction(id, nothing, { certificate: "none" }),
  },
  "certificate.remove": {
    rest: (call, id) => call("DELETE", at(id, `/endpoint-certificates/${nothing}`)),
    action: (id) => removeCertificateAction(id, nothing),
  },
  "documentation.create": {
    rest: (call, id) => call("POST", at(id, "/documents"), noDocument()),
    action: (id) => createDocumentationAction(id, noDocument()),
  },
  "documentation.update": {
    action: (id) => updateDocumentationAction(id, nothing, noDocument(), 1),
  },
  "documentation.delete": {
    rest: (call, id) => call("DELETE", at(id, `/documents/${nothing}`)),
    action: (id) => deleteDocumentationAction(id, nothing),
  },
  "schedule.create": {
    rest: async (call, id) =>
      call(
        "POST",
        at(id, `/scheduled-publishes?publishAt=${soon().publishAt}`),
        (await admin.call("GET", at(id))).body,
      ),
    action: (id) => scheduleChangeAction(id, { description: "Later" }, 0, soon()),
  },
  "schedule.change": {
    rest: (call, id) => call("PUT", at(id, `/scheduled-publishes/${nothing}`), soon()),
    action: (id) => rescheduleAction(id, nothing, soon()),
  },
  "schedule.cancel": {
    rest: (call, id) => call("DELETE", at(id, `/scheduled-publishes/${nothing}`)),
    action: (id) => cancelScheduleAction(id, nothing),
  },
  "schedule.publish": {
    rest: (call, id) => call("POST", at(id, `/scheduled-publishes/${nothing}/publish`)),
    action: (id) => publishScheduledAction(id, nothing, 0),
  },
  "guard.set": {
    rest: (call, id) => call("PUT", at(id, "/guard"), defaultGuardSettings),
    action: (id) => setApiGuardAction(id, defaultGuardSettings),
  },
  "guard.keep": {
    rest: (call, id) => call("POST", at(id, `/guard/watches/${nothing}/keep`)),
    action: (id) => keepWatchedChangeAction(id, nothing),
  },
  "guard.dismiss": {
    rest: (call, id) => call("POST", at(id, `/guard/watches/${nothing}/dismiss`)),
    action: (id) => dismissWatchAction(id, nothing),
  },

  "access-token.list": { page: (context) => listAccessTokens(context), noSubject: true },
  "access-token.create": { action: () => createAccessTokenAction({ name: randomUUID() }), noSubject: true },
  "access-token.revoke": { action: () => revokeAccessTokenAction(nothing), noSubject: true },
  "session.list": { page: (context) => listOwnSessions(context, nothing), noSubject: true },
  "session.revoke": { action: () => revokeOwnSessionAction(nothing), noSubject: true },
  "password.change": {
    page: (context) => changePassword(context, { currentPassword: "wrong", newPassword: "another one" }, "", "::1"),
    noSubject: true,
  },

  "rate-tier.change": {
    rest: (call) => call("DELETE", "/rate-limits/None"),
    action: () => updateRateTierAction({ name: "None", requests: 1, windowSeconds: 1 }),
    noSubject: true,
  },
  "two-factor.read": { page: (context) => hasSecondFactor(context), noSubject: true },
  "two-factor.set-up": {
    page: (context) => confirmSecondFactor(context, { ...session(), address: "::1" }, ""),
    noSubject: true,
  },
  "two-factor.remove": {
    page: (context) => removeSecondFactor(context, { ...session(), address: "::1" }, ""),
    noSubject: true,
  },

  "user.list": { page: (context) => listUsers(context), noSubject: true },
  "user.create": {
    action: () => createUserAction({ name: "", email: "", password: "", role: "viewer" }),
    noSubject: true,
  },
  "invitation.list": { page: (context) => listInvitations(context), noSubject: true },
  "invitation.create": { action: () => inviteAction({ email: "", role: "viewer" }), noSubject: true },
  "invitation.withdraw": { action: () => withdrawInvitationAction(nothing), noSubject: true },
  "user.set-role": { action: () => setUserRoleAction(nothing, "viewer"), noSubject: true },
  "user.set-active": { action: () => setUserActiveAction(nothing, false), noSubject: true },
  "user.reset-password": { action: () => resetUserPasswordAction(nothing, "long enough"), noSubject: true },
  "user.reset-second-factor": { action: () => resetUserSecondFactorAction(nothing), noSubject: true },
  "user.revoke-sessions": { action: () => revokeUserSessionsAction(nothing), noSubject: true },
  "stored-api.list": { page: (context) => listStoredApis(context), noSubject: true },
  "stored-api.read": { page: (context, id) => getStoredApi(context, id) },
  // Its handler asks for it, and then lists gateways as everybody may.
  "gateway.watch": { page: async (context) => requirePermission(context, "gateway.watch"), noSubject: true },
  "audit.read": { page: (context) => listAuditEvents(context), noSubject: true },
  "system.read": { page: (context) => getSystem(context, {}), noSubject: true },
  "behalf.end": { page: (context) => endActing(context, session()), noSubject: true },
  "behalf.begin": { page: (context) => beginActing(context, session(), nothing), noSubject: true },
};

let storage: TestDatabase;
let admin: Person;
const people = new Map<UserRole, Person>();
let other: Person;

async function person(role: UserRole): Promise<Person> {
  const actor = { id: randomUUID(), name: role, email: `${randomUUID()}@example.com`, role };
  const db = database();
  await db.user.create({ data: actor });
  const context = { actor, db, secret: "a secret of at least thirty-two characters", now: () => new Date() };
  const { secret } = await createAccessToken(context, { name: "test", scope: "admin" });
  return { context, call: restClient(`Bearer ${secret}`) };
}

beforeAll(async () => {
  storage = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", storage.url);
  vi.stubEnv("FAIRLEAD_SECRET", "a secret of at least thirty-two characters");
  log.level = "silent";
  for (const role of userRoles) people.set(role, await person(role));
  admin = await person("admin");
  other = await person("publisher");
});
afterAll(async () => {
  await closeDatabase();
  await storage.drop();
});

/** Whose an API is, seen from the one who calls. */
const ownerships = ["own", "co-owned", "other's"] as const;
type OwnershipOfApi = (typeof ownerships)[number];

/** A fresh API of somebody's: calls change and delete it. Viewers own what they made before they became viewers. */
async function apiOf(owner: Person, coOwner?: Person): Promise<string> {
  const { id } = await createApi(admin.context, { ...newApi(), publish: false });
  await database().api.update({ where: { id }, data: { ownerId: owner.context.actor.id } });
  if (coOwner) {
    await database().apiCoOwner.create({ data: { apiId: id, userId: coOwner.context.actor.id, addedBy: "owner" } });
  }
  return id;
}

const expectedOf = (verb: Verb, role: UserRole, ownership: OwnershipOfApi): Outcome => {
  const reached = { any: ownerships, own: ["own", "co-owned"], owner: ["own"], none: [] } as const;
  const reaches: readonly OwnershipOfApi[] = reached[permissionTable[verb][role]];
  return reaches.includes(ownership) ? "allowed" : "forbidden";
};

async function outcomes(way: Ways, self: Person, ownership: OwnershipOfApi): Promise<Record<string, string>> {
  const { context, call } = self;
  const freshApi = () => apiOf(ownership === "own" ? self : other, ownership === "co-owned" ? self : undefined);
  const found: Record<string, string> = {};
  if (way.rest) {
    const { status, body } = await way.rest(call, await freshApi());
    found.rest =
      status === 403 ? "forbidden" : status === 401 || status >= 500 ? `${status} ${body.message}` : "allowed";
  }
  if (way.action) {
    vi.mocked(requireActionContext).mockResolvedValue(context);
    const result = await way.action(await freshApi());
    const kind = result.ok ? "" : result.problem.kind;
    found.action = kind === "forbidden" || kind === "unexpected" || kind === "unauthenticated" ? kind : "allowed";
  }
  if (way.page) {
    const failure = await way.page(context, await freshApi()).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure !== undefined && !(failure instanceof Problem)) throw failure;
    found.page = failure?.kind === "forbidden" ? "forbidden" : "allowed";
  }
  return found;
}

const verbs = Object.keys(permissionTable).filter((verb): verb is Verb => verb in permissionTable);
const rows: string[] = [];

describe("role × verb × ownership", () => {
  it.each(verbs)("%s", async (verb) => {
    const way = ways[verb];
    const cells: string[] = [];
    for (const role of userRoles) {
      const self = people.get(role);
      if (!self) throw new Error(`Nobody is ${role}`);
      for (const ownership of way.noSubject ? (["own"] as const) : ownerships) {
        const expected = expectedOf(verb, role, ownership);
        const found = await outcomes(way, self, ownership);
        expect(Object.keys(found).length).toBeGreaterThan(0);
        expect({ role, ownership, ...found }).toEqual({
          ...{ role, ownership },
          ...Object.fromEntries(Object.keys(found).map((key) => [key, expected])),
        });
        cells.push(`${role}${way.noSubject ? "" : ` ${ownership}`} ${expected === "allowed" ? "✓" : "–"}`);
      }
    }
    rows.push(
      `${verb.padEnd(22)} ${Object.keys(ways[verb])
        .filter((key) => key !== "noSubject")
        .join("+")
        .padEnd(12)} ${cells.join("  ")}`,
    );
  });

  it("is printed", () => {
    process.stdout.write(`\n${rows.join("\n")}\n`);
    expect(rows).toHaveLength(verbs.length);
  });

  it("holds an access token to its scope, in words that name the one it takes", async () => {
    const { context } = admin;
    for (const scope of tokenScopes) {
      const { secret } = await createAccessToken(context, { name: `of scope ${scope}`, scope });
      const call = restClient(`Bearer ${secret}`);
      const id = await apiOf(admin);
      const statuses = [
        (await call("GET", at(id))).status,
        (await call("POST", at(id, "/api-keys"), { name: "key", keyType: "PRODUCTION" })).status,
        (await call("DELETE", "/rate-limits/None")).status,
      ];
      expect([scope, ...statuses.map((status) => (status === 403 ? "forbidden" : "allowed"))]).toEqual([
        scope,
        "allowed",
        scope === "read" ? "forbidden" : "allowed",
        scope === "admin" ? "allowed" : "forbidden",
      ]);
    }
    const { secret } = await createAccessToken(context, { name: "reads", scope: "read" });
    const refused = await restClient(`Bearer ${secret}`)("DELETE", at(await apiOf(admin)));
    expect(refused.body.description).toBe(
      "An access token with the scope read may not delete this API: it takes one with the scope write.",
    );
  });

  it("refuses in words that name what would be needed", async () => {
    const viewer = people.get("viewer");
    const reply = await viewer?.call("DELETE", at(await apiOf(other)));
    expect(reply?.body.description).toBe(
      "Only publishers who own it and administrators may delete this API. Your role is viewer: an administrator can change it.",
    );
  });

  it("stands in docs/decisions/permissions.md as it is", () => {
    const text = readFileSync(join(import.meta.dirname, "../../../docs/decisions/permissions.md"), "utf8");
    const reach = { any: "any", own: "own", owner: "owner", none: "–" } as const;
    const lines = verbs.map((verb) => {
      const rule: Rule = permissionTable[verb];
      const reaches = userRoles.map((role) => reach[rule[role]]).join(" | ");
      return `| \`${verb}\` | ${rule.does} | ${reaches} | ${neededScope(verb)} |`;
    });
    expect(text).toContain(
      [
        "| Verb | May | Viewer | Publisher | Administrator | Scope of a token |",
        "| --- | --- | --- | --- | --- | --- |",
        ...lines,
        "",
      ].join("\n"),
    );
  });
});
