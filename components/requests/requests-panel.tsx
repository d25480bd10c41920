"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { usePolled } from "@/components/gateways/use-polled.ts";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { type RequestList, requestListSchema } from "@/lib/model/request-line.ts";
import { NoGateway } from "./request-not-found.tsx";
import { RequestTable } from "./request-table.tsx";
import { SilentGateways } from "./silent-gateways.tsx";

type RequestsPanelProps = { apiId: string; failed: boolean; initial: RequestList };

/** The newest requests of an API; keeps itself current while the page can be seen. */
export function RequestsPanel({ apiId, failed, initial }: RequestsPanelProps) {
  const path = `/apis/${apiId}/requests/recent?failed=${failed}`;
  const { data, isStale } = usePolled(path, requestListSchema, initial);
  const { requests, gateways, answered, silent } = data;
  if (answered === 0 && silent.length === 0 && requests.length === 0) return <NoGateway />;
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1 }}>
        <FilterChip href={`/apis/${apiId}/requests`} label="All" isChosen={!failed} />
        <FilterChip href={`/apis/${apiId}/requests?failed=true`} label="Failed" isChosen={failed} />
        <Typography variant="body2" color="textSecondary" sx={{ ml: "auto" }}>
          {requests.length === 0 ? "None" : `The newest ${requests.length}`} · follows by itself
        </Typography>
      </Box>
      {isStale && (
        <Alert severity="warning">
          This list could not be read again just now. It shows what was known last and goes on trying.
        </Alert>
      )}
      <SilentGateways hosts={silent} />
      {requests.length > 0 ? (
        <RequestTable apiId={apiId} requests={requests} gateways={gateways} />
      ) : (
        <EmptyState
          title={failed ? "No request has failed" : "No request yet"}
          description={
            failed
              ? "Requests that ended with an error of the gateway's own or with 500 and above appear here, and those whose client left before the answer. The last 100 are kept for a week."
              : "A request to this API appears here once it has ended. The command on the Overview page makes one."
          }
        />
      )}
    </Box>
  );
}

function FilterChip({ href, label, isChosen }: { href: string; label: string; isChosen: boolean }) {
  return (
    <Chip
      component={NextLink}
      href={href}
      clickable
      label={label}
      size="medium"
      color={isChosen ? "primary" : "default"}
      variant={isChosen ? "filled" : "outlined"}
      aria-current={isChosen ? "true" : undefined}
    />
  );
}
