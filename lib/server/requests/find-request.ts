import type { AskOptions, GatewayAsker } from "../../db/ask-gateways.ts";
import type { DecisionRecord } from "../../model/decision-record.ts";
import { requestAnswerSchema } from "../../model/gateway-ask.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { gatewayHosts } from "./gateway-hosts.ts";
import { findKeptFailure } from "./kept-failures.ts";

/** A request that was looked for, and who was asked. */
export type FoundRequest = {
  /** Undefined: no gateway that answered keeps it, and none wrote it down. */
  record: DecisionRecord | undefined;
  /** Host of the gateway that served it. */
  host: string | undefined;
  /** Gateways that answered. */
  answered: number;
  /** Hosts of gateways that are connected and did not answer in time. */
  silent: string[];
};

/** Longest id that a gateway takes from a client. */
const maxIdLength = 128;

/**
 * The newest request to an API that came with this X-Request-Id, from whichever gateway served it, or as it was written
 * down because it failed. A request to another API is not found. Problems: not-found, forbidden (of the API).
 */
export async function findRequest(
  context: ServerContext,
  asker: Pick<GatewayAsker, "ask">,
  apiId: string,
  requestId: string,
  options?: AskOptions,
): Promise<FoundRequest> {
  const permission = requirePermission(context, "request.read");
  const { id } = await getApiRow(permission, context.db, apiId);
  const { answers, silent } = await asker.ask(
    { kind: "request", apiId: id, requestId: requestId.slice(0, maxIdLength) },
    (document) => requestAnswerSchema.safeParse(document).data,
    options,
  );
  const records = answers
    .flatMap(({ document }) => document ?? [])
    .filter((record) => record.route?.apiId === id && record.requestId === requestId)
    .toSorted((one, other) => other.at.localeCompare(one.at));
  const record = newestOf(records) ?? (await findKeptFailure(context.db, id, requestId));
  return {
    record,
    host: record && (await gatewayHosts(context, [record.gatewayId]))[0],
    answered: answers.length,
    silent: await gatewayHosts(context, silent),
  };
}

/** The first of records that are in order, newest first; it knows how many requests of its id all gateways keep. */
function newestOf(records: readonly DecisionRecord[]): DecisionRecord | undefined {
  const [newest] = records;
  return newest && { ...newest, sameId: records.reduce((sum, { sameId }) => sum + (sameId ?? 1), 0) };
}
