import "server-only";
import { z } from "zod";
import { type SwitchRequest, switchPositions } from "../../model/endpoint-switch.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { SwitchedEndpoint } from "../apis/list-endpoint-switches.ts";
import { inputOfKeyType, keyTypeFromInput, keyTypeInput } from "./api-key-representation.ts";

const position = z.enum(switchPositions, { error: "A position is on, off or drain." });

/** An endpoint with its id and the position of its switch. */
export const endpointRepresentation = z
  .strictObject({
    keyType: keyTypeInput,
    id: z.string(),
    url: z.string(),
    position: position.meta({ description: "off: it gets nothing. drain: its sessions go on, nothing new begins." }),
    switchedBy: z.string().nullable(),
    switchedTime: z.iso.datetime().nullable(),
  })
  .meta({ id: "Endpoint" });

export const endpointListRepresentation = z
  .strictObject({ count: z.int(), list: z.array(endpointRepresentation) })
  .meta({ id: "EndpointList" });

/** What switches an endpoint. */
export const switchInput = z.strictObject({ position }).meta({ id: "EndpointSwitchInput" });

export function representationFromEndpoint(endpoint: SwitchedEndpoint): z.input<typeof endpointRepresentation> {
  return {
    keyType: inputOfKeyType[endpoint.keyType],
    id: endpoint.id,
    url: endpoint.url,
    position: endpoint.position,
    switchedBy: endpoint.switchedBy ?? null,
    switchedTime: endpoint.switchedAt?.toISOString() ?? null,
  };
}

/** The request that a path and a body make. The path takes the key type in small letters too. */
export function switchRequestFrom(keyType: string, endpointId: string, body: unknown): SwitchRequest {
  const type = keyTypeFromInput(parseInput(keyTypeInput, keyType.toUpperCase()));
  return { keyType: type, endpointId, position: parseInput(switchInput, body).position };
}
