"use client";

import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { lifecycleStateNames } from "@/components/api-settings/lifecycle-words.ts";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { ApiSummary, EndpointType } from "@/lib/model/api.ts";
import { ScrollRegion } from "./scroll-region.tsx";

const endpointTypeNames = {
  none: "Not configured",
  single: "Single",
  "load-balance": "Load Balanced",
  failover: "Failover",
  tiered: "Tiered",
} as const satisfies Record<EndpointType, string>;

/** APIs of every publisher; each name leads to what is stored of it. */
export function StoredApiTable({ apis }: { apis: readonly ApiSummary[] }) {
  return (
    <ScrollRegion label="Stored APIs">
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Version</TableCell>
            <TableCell>Context</TableCell>
            <TableCell>Provider</TableCell>
            <TableCell>State</TableCell>
            <TableCell>Endpoint type</TableCell>
            <TableCell align="right">Revision</TableCell>
            <TableCell>Updated</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {apis.map((api) => (
            <TableRow key={api.id} hover>
              <TableCell component="th" scope="row">
                <Link component={NextLink} href={`/admin/apis/${api.id}`} prefetch={false}>
                  {api.name}
                </Link>
              </TableCell>
              <TableCell>{api.version}</TableCell>
              <TableCell>
                <span className="mono">{api.context}</span>
              </TableCell>
              <TableCell>
                {api.owner.name}
                <Typography variant="caption" color="textSecondary" sx={{ display: "block" }}>
                  {api.owner.email}
                </Typography>
              </TableCell>
              <TableCell>{lifecycleStateNames[api.lifecycleState]}</TableCell>
              <TableCell>{endpointTypeNames[api.endpointType]}</TableCell>
              <TableCell align="right">{api.revision}</TableCell>
              <TableCell>
                <RelativeTime date={api.updatedAt} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
