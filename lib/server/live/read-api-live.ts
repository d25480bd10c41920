import "server-only";
import type { GatewayAnswers, GatewayAsker } from "../../db/ask-gateways.ts";
import type { Database } from "../../db/client.ts";
import { presentGateways } from "../../db/present-gateways.ts";
import { type ApiLive, apiLiveSchema } from "../../model/api-live.ts";
import { keyTypes } from "../../model/endpoint-config.ts";
import { type EndpointsAnswer, endpointsAnswerSchema } from "../../model/gateway-ask.ts";
import { isRouted } from "../../model/lifecycle.ts";
import { ownershipOf } from "../apis/find-api.ts";
import type { Ownership } from "../permission/require-permission.ts";

/** What a reading needs of the outside. */
export type LiveSource = { db: Database; asker: Pick<GatewayAsker, "ask"> };

/** How an API is, and whose it is. */
export type LiveReading = Ownership & { live: ApiLive; silent: readonly string[] };

export type ReadOptions = { doNotAwait: ReadonlySet<string>; deadlineMs: number; signal: AbortSignal };

/** Asks every gateway how the endpoints of an API are; undefined when there is no such API any more. */
export async function readApiLive(
  { db, asker }: LiveSource,
  apiId: string,
  options: ReadOptions,
): Promise<LiveReading | undefined> {
  const [api, gateways] = await Promise.all([
    db.api.findUnique({
      where: { id: apiId },
      select: {
        ownerId: true,
        coOwners: { select: { userId: true } },
        lifecycleState: true,
        switches: { orderBy: { at: "asc" } },
      },
    }),
    presentGateways(db),
  ]);
  if (!api) return undefined;
  const asked = isRouted(api.lifecycleState) && gateways.length > 0;
  const { answers, silent } = asked
    ? await asker.ask({ kind: "endpoints", apiId }, readAnswer, options)
    : { answers: [], silent: [] };
  const live = apiLiveSchema.parse({
    lifecycleState: api.lifecycleState,
    gateways: gateways.map((gateway) => ({ ...gateway, says: asked ? saysOf(gateway.id, answers) : "does-not-serve" })),
    switches: api.switches.map(({ keyType, endpointId, position, actorName, at }) => {
      return { keyType, endpointId, position, actorName, at: at.toISOString() };
    }),
    endpoints: endpointsOfAnswers(answers),
  });
  return { ...ownershipOf(api), live, silent };
}

type Answers = GatewayAnswers<EndpointsAnswer>["answers"];

function readAnswer(document: unknown): EndpointsAnswer | undefined {
  return endpointsAnswerSchema.safeParse(document).data;
}

function saysOf(gatewayId: string, answers: Answers): ApiLive["gateways"][number]["says"] {
  const answer = answers.find((one) => one.gatewayId === gatewayId);
  if (!answer) return "silent";
  return answer.document ? "answers" : "does-not-serve";
}

function endpointsOfAnswers(answers: Answers): ApiLive["endpoints"] {
  return answers.flatMap(({ gatewayId, document }) =>
    keyTypes.flatMap((keyType) =>
      (document?.groups[keyType]?.endpoints ?? []).map((endpoint) => ({ ...endpoint, keyType, gatewayId })),
    ),
  );
}
