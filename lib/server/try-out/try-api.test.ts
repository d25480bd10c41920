import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Api } from "../../model/api.ts";
import { maxShownBytes, type TryOutRequest } from "../../model/try-out.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { tryApi } from "./try-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let api: Api;
let url: string;
let behaviour: RequestListener;
const gateway = createServer((request, response) => behaviour(request, response));
const request: TryOutRequest = { keyType: "sandbox", method: "GET", path: "/menu?a=1", headers: [], body: "" };
const never = new AbortController().signal;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  const given = { context: "/pizza", version: "1", endpointUrl: "http://a.example" };
  api = await createApi(ann, { name: "Pizza", ...given, publish: true });
  gateway.listen(0, "127.0.0.1");
  await once(gateway, "listening");
  const address = gateway.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/edge`;
});
afterAll(async () => {
  gateway.closeAllConnections();
  gateway.close();
  await publisher?.close();
});
beforeEach(() => {
  behaviour = (_request, response) => response.end("fine");
});

describe("a request that is tried out", () => {
  it("goes to the API at the gateway, with a key of its own and what was typed", async () => {
    const seen: unknown[] = [];
    behaviour = (incoming, response) => {
      const { method, headers } = incoming;
      seen.push([method, incoming.url, headers["x-it"], headers["internal-key"]?.slice(0, 4), headers.host]);
      response.setHeader(
        "X-Fairlead-Decision",
        '{"gateway":"g","rounds":[{"origin":"http://a","attempts":[{"outcome":200,"ms":1}]}]}',
      );
      response.end("fine");
    };
    const answer = await tryApi(ann, api.id, { ...request, headers: [{ name: "X-It", value: "1" }] }, url, never);
    expect(seen).toEqual([["GET", "/edge/pizza/1/menu?a=1", "1", "flt_", new URL(url).host]]);
    expect(answer).toMatchObject({ kind: "answered", status: 200, body: btoa("fine"), bodyBytes: 4, isCut: false });
    expect(answer).toMatchObject({ decision: { gateway: "g", rounds: [{ origin: "http://a" }] } });
  });

  it("brings no more of a body than is shown, and none where only the head counts", async () => {
    behaviour = (_request, response) => response.end(Buffer.alloc(maxShownBytes + 1_000));
    const answer = await tryApi(ann, api.id, request, url, never);
    expect(answer).toMatchObject({ isCut: true });
    const head = await tryApi(ann, api.id, { ...request, headOnly: true }, url, never);
    expect(head).toMatchObject({ body: "", isCut: false });
  });

  it("says that there is no gateway", async () => {
    const answer = await tryApi(ann, api.id, request, "http://127.0.0.1:9", never);
    expect(answer).toMatchObject({ kind: "unreachable", message: expect.stringContaining("Nothing listens there") });
  });

  it("can be given up", async () => {
    behaviour = () => undefined;
    const controller = new AbortController();
    const trying = tryApi(ann, api.id, request, url, controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(trying).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is refused of an API that is not served, and of another publisher's", async () => {
    const draft = await createApi(ann, { name: "Draft", context: "/draft", version: "1" });
    await expect(tryApi(ann, draft.id, request, url, never)).rejects.toMatchObject({ kind: "conflict" });
    const bob = await publisher.person("Bob");
    await expect(tryApi(bob, api.id, request, url, never)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
