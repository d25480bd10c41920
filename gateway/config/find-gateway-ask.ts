import { type GatewayAsk, gatewayAskSchema } from "../../lib/model/gateway-ask.ts";

/** The question that a notification carries; undefined for one that another version asks and this one does not know. */
export function findGatewayAsk(payload: string): GatewayAsk | undefined {
  try {
    return gatewayAskSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined; // No JSON: nobody of ours wrote it.
  }
}
