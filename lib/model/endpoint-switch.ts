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
