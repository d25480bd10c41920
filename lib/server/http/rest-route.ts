import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { requestContext } from "../auth/request-context.ts";
import type { ServerContext } from "../context.ts";
import { log } from "../log.ts";
import { type Operation, type RestMethod, restMethods } from "./operation.ts";
import { faultResponse, methodNotAllowedResponse, problemResponse } from "./problem-response.ts";
import { type DefinitionBody, readDefinitionBody } from "./read-definition-body.ts";
import { readJsonBody } from "./read-json-body.ts";
import { readUpload } from "./read-upload.ts";

/** A request that is authenticated and whose query is parsed. */
export type RestRequest<Query extends z.ZodObject> = {
  context: ServerContext;
  headers: Headers;
  query: z.output<Query>;
  /** A parameter of the path; whether it names anything is for the verb to say. */
  param: (name: string) => string;
  /** The JSON body, as it came; at most 1 MiB where no other bound is given. */
  json: (mostBytes?: number) => Promise<unknown>;
  /** The archive that was sent. */
  upload: () => Promise<Uint8Array>;
  /** The OpenAPI document in the body, and what came with it. */
  definition: () => Promise<DefinitionBody>;
};

/** `body` is sent as JSON, `bytes` as they are, with the content type in `headers`; both absent: an empty body. */
export type RestAnswer = {
  status: number;
  body?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type RouteHandler = (request: Request, route: RouteContext) => Promise<Response>;
type ServedOperation = { method: RestMethod; handle: RouteHandler };

/** An operation with what answers it. */
export function serve<Query extends z.ZodObject>(
  operation: Operation<Query>,
  run: (request: RestRequest<Query>) => Promise<RestAnswer>,
): ServedOperation {
  return {
    method: operation.method,
    handle: async (request, route) => {
      const context = await requestContext(request);
      const query = parseInput(operation.query, Object.fromEntries(new URL(request.url).searchParams));
      const params = await route.params;
      const param = (name: string) => {
        const value = params[name];
        if (typeof value !== "string") throw new Error(`The route has no parameter ${name}.`);
        return value;
      };
      const json = (mostBytes?: number) => readJsonBody(request, mostBytes);
      const upload = () => readUpload(request);
      const definition = () => readDefinitionBody(request);
      return answerResponse(await run({ context, headers: request.headers, query, param, json, upload, definition }));
    },
  };
}

/** The exports of a route file: every method answers, those that are not served with 405 and what there is. */
export function restRoute(...served: ServedOperation[]): Record<RestMethod | "OPTIONS", RouteHandler> {
  const allowed = served.map((operation) => operation.method);
  const handlerOf = (method: RestMethod): RouteHandler => {
    const found = served.find((operation) => operation.method === method);
    return withErrors(found?.handle ?? (async () => methodNotAllowedResponse(method, allowed)));
  };
  const [GET, POST, PUT, PATCH, DELETE] = restMethods.map(handlerOf);
  if (!GET || !POST || !PUT || !PATCH || !DELETE) throw new Error("A method of the REST API is missing.");
  const tellMethods = async () => new Response(null, { status: 204, headers: { Allow: allowed.join(", ") } });
  return { GET, POST, PUT, PATCH, DELETE, OPTIONS: tellMethods };
}

/** Translates what is thrown: a Problem by its table, anything else into a fault of ours. Nothing else catches. */
export function withErrors(handle: RouteHandler): RouteHandler {
  return async (request, route) => {
    try {
      return await handle(request, route);
    } catch (error) {
      if (error instanceof Problem) return problemResponse(error, request.headers);
      const id = randomUUID();
      const path = new URL(request.url).pathname;
      log.error({ err: error, id, method: request.method, path }, "A REST request failed");
      return faultResponse(id);
    }
  };
}

function answerResponse({ status, body, bytes, headers }: RestAnswer): Response {
  const init = { status, headers: { "Cache-Control": "no-store", ...headers } };
  if (bytes) return new Response(bytes, init);
  return body === undefined ? new Response(null, init) : Response.json(body, init);
}
