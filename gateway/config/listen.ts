import type { Logger } from "pino";
import { listen } from "../../lib/db/listen.ts";
import { configChangedChannel, gatewayAskChannel } from "../../lib/db/notify.ts";
import type { GatewayAsk } from "../../lib/model/gateway-ask.ts";
import { findGatewayAsk } from "./find-gateway-ask.ts";

export type ListenOptions = {
  databaseUrl: string;
  /** Called after every connection and every notification of a change. */
  onChange: () => void;
  /** A publisher asks something. */
  onAsk: (ask: GatewayAsk) => void;
  onConnection: (isConnected: boolean) => void;
  /** 0 to 1, for the jitter of reconnecting. */
  random: () => number;
  log: Logger;
  signal: AbortSignal;
};

/**
 * Listens for changes and questions for as long as the process lives, with one connection. A notification of a change
 * only nudges; after every (re)connection the truth is read again, since what was sent meanwhile is lost.
 */
export async function listenForChanges(options: ListenOptions): Promise<void> {
  const { databaseUrl, random, signal, log, onChange, onAsk, onConnection } = options;
  await listen({
    databaseUrl,
    applicationName: "fairlead-gateway",
    channels: [configChangedChannel, gatewayAskChannel],
    onNotification: (channel, payload) => {
      if (channel === configChangedChannel) return onChange();
      const ask = findGatewayAsk(payload);
      if (ask) onAsk(ask);
    },
    onConnected: () => {
      onConnection(true);
      onChange();
    },
    onAlive: onChange,
    onLost: (error) => {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, "database connection lost");
      onConnection(false);
    },
    random,
    signal,
  });
}
