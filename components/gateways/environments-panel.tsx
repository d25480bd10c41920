"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { apiOnGatewayState } from "./api-on-gateway.ts";
import { type ApiLiveState, apiLiveStateSchema } from "./gateway-live-schema.ts";
import { GatewayName } from "./gateway-name.tsx";
import { usePolled } from "./use-polled.ts";

type EnvironmentsPanelProps = { apiId: string; initial: ApiLiveState };

/** Every connected gateway and what it makes of one API; keeps itself current while the page can be seen. */
export function EnvironmentsPanel({ apiId, initial }: EnvironmentsPanelProps) {
  const { data, isStale } = usePolled(`/apis/${apiId}/environments/live`, apiLiveStateSchema, initial);
  const connected = data.gateways.filter(({ gone }) => !gone);
  const live = connected.filter((gateway) => gateway.live && gateway.refusedReason === undefined);
  if (data.gateways.length === 0) {
    return (
      <EmptyState
        title="No gateway is connected"
        description="A gateway appears here within seconds of its start. Start one with npm run gateway, against the same DATABASE_URL as this publisher."
      />
    );
  }
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Typography role="status">
        Revision {data.revision} is on {live.length} of {connected.length} connected{" "}
        {connected.length === 1 ? "gateway" : "gateways"}.
      </Typography>
      {isStale && (
        <Alert severity="warning">
          This list could not be read again just now. It shows what was known last and goes on trying.
        </Alert>
      )}
      <ScrollRegion label="Gateways">
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>Gateway</TableCell>
              <TableCell>Version</TableCell>
              <TableCell>State</TableCell>
              <TableCell align="right">Runs revision</TableCell>
              <TableCell>Applied</TableCell>
              <TableCell>Last seen</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {data.gateways.map((gateway) => {
              const state = apiOnGatewayState(gateway, data.revision, data.lifecycleState);
              return (
                <TableRow key={gateway.id}>
                  <TableCell component="th" scope="row">
                    <GatewayName host={gateway.host} id={gateway.id} />
                  </TableCell>
                  <TableCell>{gateway.version}</TableCell>
                  <TableCell sx={{ minWidth: 160 }}>
                    <StateLabel word={state.word} tone={state.tone} />
                    {state.reason && (
                      <Typography variant="body2" color="textSecondary">
                        {state.reason}
                      </Typography>
                    )}
                  </TableCell>
                  <TableCell align="right">{gateway.runningRevision ?? "—"}</TableCell>
                  <TableCell>
                    <RelativeTime date={gateway.appliedAt} />
                  </TableCell>
                  <TableCell>
                    <RelativeTime date={gateway.lastSeenAt} />
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Box>
  );
}
