import { z } from "zod";
import { keyTypes } from "./endpoint-config.ts";

/**
 * What a person can do to an endpoint at every gateway: take it out (off), let its sessions go on and send it nothing new
 * (drain), and put it back (on).
 */
export const switchPositions = ["on", "off", "drain"] as const;
export type SwitchPosition = (typeof switchPositions)[number];

/** An endpoint that is not on. The position outlasts restarts; endpoints are named by their id within a group. */
export const endpointSwitchSchema = z.strictObject({
  keyType: z.enum(keyTypes),
  endpointId: z.string().min(1).max(64),
  position: z.enum(["off", "drain"]),
});
export type EndpointSwitch = z.infer<typeof endpointSwitchSchema>;

/** What a person asks for: an endpoint and the position it is to have. */
export const switchRequestSchema = z.strictObject({
  keyType: z.enum(keyTypes, { error: "A key type is production or sandbox." }),
  endpointId: z.string().min(1).max(64),
  position: z.enum(switchPositions, { error: "An endpoint is switched on or off, or set to drain." }),
});
export type SwitchRequest = z.infer<typeof switchRequestSchema>;

/** How the audit log calls each position. */
export const switchAuditActions = {
  on: "endpoint.switch-on",
  off: "endpoint.switch-off",
  drain: "endpoint.drain",
} as const satisfies Record<SwitchPosition, string>;
