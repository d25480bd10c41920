import { z } from "zod";
import { keyTypes } from "./endpoint-config.ts";
import { endpointSwitchSchema } from "./endpoint-switch.ts";
import { liveEndpointSchema } from "./gateway-ask.ts";
import { lifecycleStates } from "./lifecycle.ts";

/** What a connected gateway made of the question how the endpoints of an API are. */
export const gatewaySays = ["answers", "does-not-serve", "silent"] as const;

/** One endpoint at one gateway. */
export const endpointAtGatewaySchema = liveEndpointSchema.extend({ keyType: z.enum(keyTypes), gatewayId: z.string() });
export type EndpointAtGateway = z.infer<typeof endpointAtGatewaySchema>;

/** A switch that is not on, with who put it there. */
export const liveSwitchSchema = endpointSwitchSchema.extend({ actorName: z.string(), at: z.iso.datetime() });
export type LiveSwitch = z.infer<typeof liveSwitchSchema>;

/** How the endpoints of an API are at every gateway, at one moment. */
export const apiLiveSchema = z.strictObject({
  lifecycleState: z.enum(lifecycleStates),
  gateways: z.array(z.strictObject({ id: z.string(), host: z.string(), says: z.enum(gatewaySays) })),
  switches: z.array(liveSwitchSchema),
  endpoints: z.array(endpointAtGatewaySchema),
});
export type ApiLive = z.infer<typeof apiLiveSchema>;

/** Why a stream was ended by the publisher, and whether a page may open it again. */
export const liveEndReasons = ["session", "access", "deleted", "stopping", "slow"] as const;
export type LiveEndReason = (typeof liveEndReasons)[number];

/** Names of the events of a stream: a document, "nothing can be told just now", the end. */
export const liveEvents = { live: "live", unavailable: "unavailable", end: "end" } as const;
