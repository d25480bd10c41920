import type { Api } from "../../model/api.ts";
import type { ServerContext } from "../context.ts";
import { publisherEnvironment } from "../env.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { createApi } from "./create-api.ts";

/**
 * Creates and publishes PizzaShackAPI, whose backend the publisher serves itself (app/sample/pizzashack), so that it
 * answers on a machine without a network. Problems: conflict when its name or context is taken.
 */
export async function deploySampleApi(context: ServerContext, backendUrl = sampleBackendUrl()): Promise<Api> {
  requirePermission(context, "api.create");
  return createApi(context, {
    name: "PizzaShackAPI",
    displayName: "Pizza Shack",
    context: "/pizzashack",
    version: "1.0.0",
    description: "A pizza restaurant: GET /menu lists pizzas, POST /order takes an order, GET /order/{id} tells of it.",
    tags: ["pizza", "sample"],
    endpointUrl: backendUrl,
    publish: true,
  });
}

/** Where the gateway reaches this publisher; a publisher that listens everywhere is reached on loopback. */
function sampleBackendUrl(): string {
  const { host, port } = publisherEnvironment();
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${reachable}:${port}/sample/pizzashack/v1/api`;
}
