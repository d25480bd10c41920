import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { keptRequests } from "@/lib/model/decision-record.ts";
import { SilentGateways } from "./silent-gateways.tsx";

type RequestNotFoundProps = { apiId: string; requestId: string; hasGateway: boolean; silent: readonly string[] };

/** Why there is nothing to explain, and what to do about it. */
export function RequestNotFound({ apiId, requestId, hasGateway, silent }: RequestNotFoundProps) {
  const here = `/apis/${apiId}/requests`;
  const again = (
    <Button href={`${here}?${new URLSearchParams({ id: requestId })}`} variant="outlined">
      Look again
    </Button>
  );
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <SilentGateways hosts={silent} />
      {hasGateway || silent.length > 0 ? (
        <EmptyState
          title="No such request of this API is kept"
          description={
            `A gateway keeps at least the last ${keptRequests.recent.toLocaleString("en")} requests, and of those that ` +
            `failed the last ${keptRequests.failed.toLocaleString("en")}, until it stops; the last 100 failures of each API ` +
            "are kept for a week, whatever became of their gateway. A request that is " +
            "still under way is found once it has ended, and the request of another API only there."
          }
          action={
            <>
              {again}
              <Button href={here}>All requests</Button>
            </>
          }
        />
      ) : (
        <NoGateway action={again} />
      )}
    </Box>
  );
}

/** Nobody serves anything, so nobody knows of requests. */
export function NoGateway({ action }: { action?: ReactNode }) {
  return (
    <EmptyState
      title="No gateway is connected"
      description="Gateways tell of their requests themselves. Start one with npm run gateway, against the same DATABASE_URL as this publisher."
      action={action}
    />
  );
}
