"use client";

import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TableSortLabel from "@mui/material/TableSortLabel";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { lifecycleStateNames } from "@/components/api-settings/lifecycle-words.ts";
import { endpointTypeWords } from "@/components/apis/endpoint-type-words.ts";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { ApiSummary } from "@/lib/model/api.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { StateLabel } from "./state-label.tsx";
import { type StoredApiSort, type StoredApiView, storedApiAddress } from "./stored-api-address.ts";

type StoredApiLine = ApiSummary & { live: boolean | null; unreadyEndpoints: number };

const columns = [
  ["name", "Name"],
  ["version", "Version"],
  ["context", "Context"],
  ["provider", "Owner"],
  ["status", "State"],
  ["endpointType", "Endpoint type"],
  [undefined, "At gateways"],
  [undefined, "Revision"],
  ["updated", "Updated"],
] as const satisfies readonly (readonly [StoredApiSort["field"] | undefined, string])[];

/** APIs of every publisher, sorted by a column's head; each name leads to what is stored of it. */
export function StoredApiTable({ apis, view }: { apis: readonly StoredApiLine[]; view: StoredApiView }) {
  return (
    <ScrollRegion label="Stored APIs">
      <Table size="small">
        <TableHead>
          <TableRow>
            {columns.map(([field, label]) => (
              <TableCell
                key={label}
                align={label === "Revision" ? "right" : "left"}
                sortDirection={field === view.sort.field ? view.sort.direction : false}
              >
                {field ? <SortLink field={field} label={label} view={view} /> : label}
              </TableCell>
            ))}
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
              <TableCell>{endpointTypeWords[api.endpointType]}</TableCell>
              <TableCell>
                <AtGateways api={api} />
              </TableCell>
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

type SortLinkProps = { field: StoredApiSort["field"]; label: string; view: StoredApiView };

function SortLink({ field, label, view }: SortLinkProps) {
  const isSorted = field === view.sort.field;
  const direction = isSorted && view.sort.direction === "asc" ? "desc" : "asc";
  return (
    <TableSortLabel
      active={isSorted}
      direction={isSorted ? view.sort.direction : "asc"}
      component={NextLink}
      href={storedApiAddress({ ...view, sort: { field, direction }, page: 1 })}
      prefetch={false}
      scroll={false}
    >
      {label}
    </TableSortLabel>
  );
}

function AtGateways({ api: { live, unreadyEndpoints } }: { api: StoredApiLine }) {
  if (live === null) return <StateLabel word="Not deployed" tone="off" />;
  if (!live) return <StateLabel word="Not live" tone="bad" />;
  if (unreadyEndpoints === 0) return <StateLabel word="Live" tone="good" />;
  const word = unreadyEndpoints === 1 ? "1 endpoint not ready" : `${unreadyEndpoints} endpoints not ready`;
  return <StateLabel word={word} tone="warning" />;
}
