import type { ExchangeContext } from "../proxy/exchange-context.ts";
import type { Deadlines } from "./deadlines.ts";
import type { HeadPool } from "./head-pool.ts";
import type { OctetPool } from "./octet-pool.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

/** What requests on the wire are served with. */
export type WireContext = Omit<ExchangeContext, "forwarder"> & {
  pool: UpstreamPool;
  deadlines: Deadlines;
  heads: HeadPool;
  octets: OctetPool;
  /** The Date field of this second, with its line end. */
  date: () => string;
};
