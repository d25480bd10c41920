"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { latencyWords, memoryWords, rateWords, uptimeWords } from "./figure-words.ts";
import { type GatewayLine, type GatewayList, gatewayListSchema } from "./gateway-live-schema.ts";
import { GatewayName } from "./gateway-name.tsx";
import { usePolled } from "./use-polled.ts";

/** Every gateway process that reported in the last day; keeps itself current while the page can be seen. */
export function GatewaysPanel({ initial }: { initial: GatewayList }) {
  const { data, isStale } = usePolled("/admin/gateways/live", gatewayListSchema, initial);
  const refused = data.gateways.filter(({ refusedApis }) => refusedApis.length > 0);
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
      <Typography>Newest stored configuration: revision {data.configRevision}.</Typography>
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
              <TableCell>State</TableCell>
              <TableCell align="right">Revision</TableCell>
              <TableCell>Version</TableCell>
              <TableCell align="right">Uptime</TableCell>
              <TableCell align="right">Requests/s</TableCell>
              <TableCell align="right">p99</TableCell>
              <TableCell align="right">Workers</TableCell>
              <TableCell align="right">Memory</TableCell>
              <TableCell align="right">Endpoints not ready</TableCell>
              <TableCell align="right">Refused APIs</TableCell>
              <TableCell>Last seen</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {data.gateways.map((gateway) => (
              <TableRow key={gateway.id}>
                <TableCell component="th" scope="row">
                  <GatewayName host={gateway.host} id={gateway.id} />
                </TableCell>
                <TableCell>
                  <GatewayState gateway={gateway} configRevision={data.configRevision} />
                </TableCell>
                <TableCell align="right">{gateway.appliedRevision}</TableCell>
                <TableCell>{gateway.version}</TableCell>
                <GatewayFigureCells gateway={gateway} />
                <TableCell align="right">{gateway.refusedApis.length}</TableCell>
                <TableCell>
                  <RelativeTime date={gateway.lastSeenAt} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
      {data.gateways.map((gateway) => (
        <ReloadError key={gateway.id} gateway={gateway} />
      ))}
      {refused.map((gateway) => (
        <RefusedApis key={gateway.id} gateway={gateway} />
      ))}
    </Box>
  );
}

/** What a gateway says of itself; of one that is gone, only that it has run is known. */
function GatewayFigureCells({ gateway: { figures, gone, startedAt, lastSeenAt } }: { gateway: GatewayLine }) {
  const known = gone ? undefined : figures;
  return (
    <>
      <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
        {uptimeWords(lastSeenAt.getTime() - startedAt.getTime())}
      </TableCell>
      <TableCell align="right">{known ? rateWords(known.requestsPerSecond) : "—"}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
        {known ? latencyWords(known.p99Ms) : "—"}
      </TableCell>
      <TableCell align="right">{known?.workers ?? "—"}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
        {known ? memoryWords(known.memoryBytes) : "—"}
      </TableCell>
      <TableCell align="right">
        {known && known.unreadyEndpoints > 0 ? (
          <Link component={NextLink} href="/admin/apis?endpointsNotReady=true" underline="always">
            {known.unreadyEndpoints.toLocaleString("en-US")}
          </Link>
        ) : (
          (known?.unreadyEndpoints ?? "—")
        )}
      </TableCell>
    </>
  );
}

function ReloadError({ gateway: { host, gone, figures } }: { gateway: GatewayLine }) {
  const error = figures?.reloadError;
  if (gone || !error) return null;
  return (
    <Alert severity="error">
      {host} could not load the configuration and serves the one it had: {error.message} (
      <RelativeTime date={new Date(error.at)} />)
    </Alert>
  );
}

function GatewayState({ gateway, configRevision }: { gateway: GatewayLine; configRevision: number }) {
  if (gateway.gone) return <StateLabel word="Gone" tone="off" />;
  if (gateway.appliedRevision < configRevision) return <StateLabel word="Behind" tone="warning" />;
  return <StateLabel word="Current" tone="good" />;
}

function RefusedApis({ gateway }: { gateway: GatewayLine }) {
  return (
    <Box component="section" aria-label={`APIs that ${gateway.host} refuses`}>
      <Typography component="h2" variant="h6" sx={{ mb: 1 }}>
        Refused by {gateway.host}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5, display: "grid", gap: 1 }}>
        {gateway.refusedApis.map((api) => (
          <li key={api.id}>
            <Link component={NextLink} href={`/admin/apis/${api.id}`} underline="always">
              {api.name}
            </Link>{" "}
            revision {api.revision}: {api.reason}
          </li>
        ))}
      </Box>
    </Box>
  );
}
