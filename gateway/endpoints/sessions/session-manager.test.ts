import { describe, expect, it } from "vitest";
import type { EndpointGroup } from "../../../lib/model/endpoint-group.ts";
import type { GroupRuntime } from "../group-runtime.ts";
import { loadBalance, sampleApi, sampleEndpoint, sampleGroup } from "../testing/sample-groups.ts";
import { type ClientIdentity, SessionManager } from "./session-manager.ts";
import { SessionStore } from "./session-store.ts";

type SessionKind = EndpointGroup["session"]["kind"];

const secret = "a secret of this installation";
const wallOffsetMs = 1_700_000_000_000;

/** A gateway with one group, and requests to it as the proxy makes them. Endpoints in `down` refuse connections. */
class World {
  readonly group: GroupRuntime;
  readonly manager: SessionManager;
  readonly down = new Set<string>();
  now = 0;

  constructor(
    kind: SessionKind,
    options: { failover?: boolean; timeoutMs?: number; apiId?: string; store?: SessionStore } = {},
  ) {
    const { failover = true, timeoutMs = 120_000, apiId = "api-1", store = SessionStore.create() } = options;
    const settings = loadBalance({ session: { kind, timeoutMs }, failover });
    this.group = sampleGroup(settings, { ...sampleApi, id: apiId });
    this.manager = new SessionManager(store, secret);
  }

  /** A request from beginning to end: who answered (or the code), and the cookie to keep. */
  send(client: Partial<ClientIdentity> = {}, answer: { setCookies?: string[]; serviceGroupId?: string } = {}) {
    const { group, manager, now } = this;
    const identity = { cookie: undefined, clientIdHeader: undefined, soap: {}, ...client };
    const session = manager.identify(group, identity, now, wallOffsetMs + now);
    const tried = new Set<string>();
    let code: number | undefined;
    for (;;) {
      const selection = manager.pick(group, session, tried, now);
      if (selection.kind === "refusal") return { by: code ?? selection.code, cookie: undefined, lines: [] };
      const { id } = selection.endpoint;
      tried.add(id);
      if (this.down.has(id)) {
        code = 101503;
        group.settle(selection, { kind: "error", code: 101503 }, now);
        if (group.mayFailOver) continue;
        return { by: code, cookie: undefined, lines: [] };
      }
      group.settle(selection, { kind: "success" }, now);
      const response = { setCookies: answer.setCookies ?? [], isSecure: false, cookiePath: "/pizzashack" };
      const lines = manager.onResponse(group, session, selection, response, now, wallOffsetMs + now);
      if (answer.serviceGroupId !== undefined) {
        manager.onSoapResponse(group, selection, { replyToServiceGroupId: answer.serviceGroupId }, now);
      }
      return { by: id, cookie: lines[0]?.split(";")[0], lines };
    }
  }

  /** Who answers a number of equal requests. */
  order(count: number, client: Partial<ClientIdentity> = {}): string {
    return Array.from({ length: count }, () => this.send(client).by).join(" ");
  }
}

describe("no session management", () => {
  it("rotates whatever clients say, and sets no cookie", () => {
    const world = new World("none");
    const first = world.send({ cookie: "JSESSIONID=1", clientIdHeader: "c1" }, { setCookies: ["JSESSIONID=1"] });
    expect(first.lines).toEqual([]);
    expect(world.order(3, { cookie: "JSESSIONID=1", clientIdHeader: "c1" })).toBe("B C A");
  });
});

describe("a Transport session", () => {
  it("stays with the endpoint that answered first, and leaves the rotation to others (example 13)", () => {
    const world = new World("transport");
    const { by, cookie } = world.send();
    expect(by).toBe("A");
    expect(new Set(world.order(100, { cookie }).split(" "))).toEqual(new Set(["A"]));
    expect(world.order(3)).toBe("B C A");
  });

  it("is named by a cookie of this form", () => {
    expect(new World("transport").send().lines).toEqual([
      expect.stringMatching(/^FAIRLEAD_SESSION=[\w.~-]+; Path=\/pizzashack; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it("outlives the gateway and holds at every other of the installation", () => {
    const { cookie } = new World("transport").send();
    expect(new World("transport").order(3, { cookie: `a=1; ${cookie}; b=2` })).toBe("A A A");
  });

  it("ends a timeout after its last use, not after its beginning (≠)", () => {
    const world = new World("transport", { timeoutMs: 1000 });
    let { cookie } = world.send();
    for (const now of [900, 1800, 2700]) {
      world.now = now;
      const again = world.send({ cookie });
      expect(again.by).toBe("A");
      cookie = again.cookie;
    }
    world.now = 3700;
    expect(world.send({ cookie }).by).toBe("B");
  });

  it("is not renewed by every response of one page", () => {
    const world = new World("transport");
    const { cookie } = world.send();
    world.now = 999;
    expect(world.send({ cookie }).lines).toEqual([]);
    world.now = 1000;
    expect(world.send({ cookie }).lines).toHaveLength(1);
  });

  it.each<[string, (cookie: string) => string]>([
    ["tampered", (cookie) => cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A"))],
    ["cut", (cookie) => cookie.slice(0, -5)],
    ["invented", () => "FAIRLEAD_SESSION=A"],
    ["empty", () => "FAIRLEAD_SESSION="],
  ])("is not to be had by a cookie that is %s: it is ignored and replaced", (_title, forge) => {
    const world = new World("transport");
    const cookie = forge(world.send().cookie ?? "");
    const next = world.send({ cookie });
    expect([next.by, next.lines.length]).toEqual(["B", 1]);
  });

  it("of one API says nothing to another", () => {
    const { cookie } = new World("transport", { apiId: "api-1" }).send();
    const other = new World("transport", { apiId: "api-2" });
    other.send();
    expect(other.send({ cookie }).by).toBe("B");
  });

  it("of two versions with one context live in one cookie", () => {
    const first = new World("transport", { apiId: "v1" });
    const second = new World("transport", { apiId: "v2" });
    second.send();
    let { cookie } = first.send();
    ({ cookie } = second.send({ cookie }));
    expect([first.send({ cookie }).by, second.send({ cookie }).by]).toEqual(["A", "B"]);
  });

  it("moves for good to what answered when its endpoint fails", () => {
    const world = new World("transport");
    const { cookie } = world.send();
    world.down.add("A");
    const moved = world.send({ cookie });
    expect(moved.by).toBe("B");
    world.down.clear();
    world.now = 60_000;
    expect(world.send({ cookie: moved.cookie }).by).toBe("B");
  });

  it("is refused with failover off while its endpoint is not ready, and stays bound", () => {
    const world = new World("transport", { failover: false });
    const { cookie } = world.send();
    world.down.add("A");
    expect([world.send({ cookie }).by, world.send({ cookie }).by]).toEqual([101503, 309001]);
    world.down.clear();
    world.now = 30_000;
    expect(world.send({ cookie }).by).toBe("A");
  });

  it("is bound anew when its endpoint has left the group", () => {
    const world = new World("transport", { failover: false });
    const { cookie } = world.send();
    world.group.reconfigure(
      loadBalance({
        members: [sampleEndpoint("B"), sampleEndpoint("C")],
        session: { kind: "transport", timeoutMs: 120_000 },
        failover: false,
      }),
      { group: 0, endpoints: { B: 2, C: 3 } },
    );
    const next = world.send({ cookie });
    expect(next.by).toBe("B");
    expect(world.send({ cookie: next.cookie }).by).toBe("B");
  });

  describe("by the backend's own cookie", () => {
    it.each(["JSESSIONID", "PHPSESSID"])("holds for clients that keep no more than %s", (name) => {
      const world = new World("transport");
      world.send({}, { setCookies: ["theme=dark", "lang=en; Path=/", `${name}=s1; Path=/`] });
      expect(world.order(3, { cookie: `theme=dark; ${name}=s1` })).toBe("A A A");
    });

    it("holds when the backend rotates its id", () => {
      const world = new World("transport");
      world.send({}, { setCookies: ["JSESSIONID=s1"] });
      world.send({ cookie: "JSESSIONID=s1" }, { setCookies: ["JSESSIONID=s2"] });
      expect(world.order(2, { cookie: "JSESSIONID=s2" })).toBe("A A");
    });

    it("moves with the session", () => {
      const world = new World("transport");
      world.send({}, { setCookies: ["JSESSIONID=s1"] });
      world.down.add("A");
      expect(world.order(2, { cookie: "JSESSIONID=s1" })).toBe("B B");
    });

    it("gives way to the gateway's cookie", () => {
      const world = new World("transport");
      world.send({}, { setCookies: ["JSESSIONID=s1"] });
      const { cookie } = world.send();
      expect(world.send({ cookie: `JSESSIONID=s1; ${cookie}` }).by).toBe("B");
    });

    it("binds nobody when it is unknown, empty or of another name", () => {
      const world = new World("transport");
      world.send({}, { setCookies: ["JSESSIONID=", "SID=s1"] });
      expect(world.order(1, { cookie: "JSESSIONID=" })).toBe("B");
      expect(world.order(1, { cookie: "SID=s1" })).toBe("C");
      expect(world.order(1, { cookie: "JSESSIONID=unknown" })).toBe("A");
    });

    it("ends a timeout after its last use", () => {
      const world = new World("transport", { timeoutMs: 1000 });
      world.send({}, { setCookies: ["JSESSIONID=s1"] });
      world.now = 900;
      expect(world.send({ cookie: "JSESSIONID=s1" }).by).toBe("A");
      world.now = 1899;
      expect(world.send({ cookie: "JSESSIONID=s1" }).by).toBe("A");
      world.now = 2899;
      expect(world.send({ cookie: "JSESSIONID=s1" }).by).toBe("B");
    });
  });
});

describe("a SOAP session", () => {
  const withId = (id: string) => ({ soap: { serviceGroupId: id } });

  it("is bound by the first response that names it", () => {
    const world = new World("soap");
    expect(world.send({}, { serviceGroupId: "g1" }).by).toBe("A");
    expect(world.order(3, withId("g1"))).toBe("A A A");
    expect(world.order(3)).toBe("B C A");
  });

  it("that no response has named rotates", () => {
    expect(new World("soap").order(3, withId("unknown"))).toBe("A B C");
  });

  it("moves to what answered when its endpoint fails", () => {
    const world = new World("soap");
    world.send({}, { serviceGroupId: "g1" });
    world.down.add("A");
    expect(world.order(2, withId("g1"))).toBe("B B");
    world.down.clear();
    world.now = 60_000;
    expect(world.send(withId("g1")).by).toBe("B");
  });

  it("needs the head of the body, and sets no cookie", () => {
    const world = new World("soap");
    expect(world.manager.needsSoapHeader(world.group, undefined)).toBe(true);
    expect(world.send({}, { serviceGroupId: "g1", setCookies: ["JSESSIONID=1"] }).lines).toEqual([]);
  });
});

describe("a Client ID session", () => {
  const c1 = { clientIdHeader: "c1" };

  it("is bound before the first request is sent, so two at once go together", () => {
    const { group, manager } = new World("client-id");
    const chosen = ["c1", "c1", "c2", "c2"].map((clientIdHeader) => {
      const session = manager.identify(group, { cookie: undefined, clientIdHeader, soap: {} }, 0, wallOffsetMs);
      const selection = manager.pick(group, session, new Set(), 0);
      if (selection.kind === "refusal") return selection.code;
      return selection.endpoint.id;
    });
    expect(chosen).toEqual(["A", "A", "B", "B"]);
  });

  it("stays with what answered after its endpoint is back (example 14)", () => {
    const world = new World("client-id");
    expect(world.order(2, c1)).toBe("A A");
    world.down.add("A");
    expect(world.order(1, c1)).toBe("B");
    world.down.clear();
    world.now = 60_000;
    expect(world.order(3, c1)).toBe("B B B");
  });

  it("of a first request is bound to what answered, not to what failed it", () => {
    const world = new World("client-id");
    world.down.add("A");
    expect(world.order(2, c1)).toBe("B B");
  });

  it("stays bound when nobody answers", () => {
    const world = new World("client-id");
    world.send(c1);
    for (const id of ["A", "B", "C"]) world.down.add(id);
    expect(world.send(c1).by).toBe(101503);
    world.down.clear();
    world.now = 30_000;
    expect(world.send(c1).by).toBe("A");
  });

  it("is found in the SOAP header where no HTTP header names it", () => {
    const world = new World("client-id");
    expect(world.manager.needsSoapHeader(world.group, undefined)).toBe(true);
    expect(world.manager.needsSoapHeader(world.group, "c1")).toBe(false);
    world.send({ soap: { clientId: "c1" } });
    expect(world.send({ clientIdHeader: "c1", soap: { clientId: "c2" } }).by).toBe("A");
    expect(world.send({ soap: { clientId: "c2" } }).by).toBe("B");
  });

  it("without any id rotates", () => {
    expect(new World("client-id").order(3)).toBe("A B C");
  });

  it("never crosses over to another API, whatever the id says", () => {
    const store = SessionStore.create();
    const first = new World("client-id", { apiId: "api-1", store });
    const second = new World("client-id", { apiId: "api-2", store });
    first.send(c1);
    second.send();
    expect(second.send(c1).by).toBe("B");
    expect(first.send(c1).by).toBe("A");
  });

  it("with a very long id is told apart, and takes no more memory", () => {
    const world = new World("client-id");
    const long = "x".repeat(10_000);
    expect(world.send({ clientIdHeader: `${long}1` }).by).toBe("A");
    expect(world.send({ clientIdHeader: `${long}2` }).by).toBe("B");
    expect(world.send({ clientIdHeader: `${long}1` }).by).toBe("A");
  });
});
