import type { CaseGroup } from "./case.ts";
import { episodes } from "./cases/episodes.ts";
import { errorCodes } from "./cases/error-codes.ts";
import { failoverStatuses } from "./cases/failover-statuses.ts";
import { health } from "./cases/health.ts";
import { hostileClients } from "./cases/hostile-clients.ts";
import { hostileEndpoints } from "./cases/hostile-endpoints.ts";
import { hostileSoap } from "./cases/hostile-soap.ts";
import { picking } from "./cases/picking.ts";
import { reload } from "./cases/reload.ts";
import { repeating } from "./cases/repeating.ts";
import { sessionsByCookie } from "./cases/sessions-by-cookie.ts";
import { sessionsById } from "./cases/sessions-by-id.ts";
import { sharing } from "./cases/sharing.ts";
import { suspension } from "./cases/suspension.ts";
import { switches } from "./cases/switches.ts";
import { traffic } from "./cases/traffic.ts";
import { tryingAgain } from "./cases/trying-again.ts";

/** Every case there is, in the order in which they are shown. */
export const allCases: readonly CaseGroup[] = [
  ...suspension,
  ...episodes,
  ...picking,
  ...repeating,
  ...tryingAgain,
  ...errorCodes,
  ...sessionsByCookie,
  ...sessionsById,
  ...reload,
  ...switches,
  ...sharing,
  ...failoverStatuses,
  ...health,
  ...traffic,
  ...hostileClients,
  ...hostileEndpoints,
  ...hostileSoap,
];
