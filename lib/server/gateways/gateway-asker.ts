import "server-only";
import { GatewayAsker } from "../../db/ask-gateways.ts";
import { database } from "../database.ts";
import { publisherEnvironment } from "../env.ts";

declare global {
  // A development server evaluates modules anew after an edit; the connection must outlive that.
  var fairleadGatewayAsker: GatewayAsker | undefined;
}

/** Who asks gateways on behalf of this process: one connection, made at the first question, that ends with it. */
export function gatewayAsker(): GatewayAsker {
  globalThis.fairleadGatewayAsker ??= new GatewayAsker(
    database(),
    publisherEnvironment().databaseUrl,
    () => new Date(),
  );
  return globalThis.fairleadGatewayAsker;
}
