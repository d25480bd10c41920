import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Paper from "@mui/material/Paper";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TableSortLabel from "@mui/material/TableSortLabel";
import { LifecycleChip } from "@/components/ui/lifecycle-chip.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { ApiSummary } from "@/lib/model/api.ts";
import type { ApiHealth } from "@/lib/model/api-statistics.ts";
import { type ApiListView, apiListAddress } from "./api-list-address.ts";
import { endpointTypeWords } from "./endpoint-type-words.ts";
import { HealthGlance } from "./health-glance.tsx";

const columns = [
  ["Name", "name"],
  ["Version", "version"],
  ["Context", "context"],
  ["Provider", "provider"],
  ["State", "status"],
  ["Endpoint type", "endpointType"],
  ["Updated", "updated"],
] as const;

type ApiTableProps = {
  apis: readonly ApiSummary[];
  health: ReadonlyMap<string, ApiHealth>;
  view: ApiListView;
};

/** The APIs as rows; headings sort, by address. */
export function ApiTable({ apis, health, view }: ApiTableProps) {
  return (
    <Paper variant="outlined" role="region" aria-label="APIs" tabIndex={0} sx={{ overflowX: "auto" }}>
      <Table size="small">
        <TableHead>
          <TableRow>
            {columns.map(([label, field]) => {
              const isSorted = view.sort.field === field;
              const direction = isSorted && view.sort.direction === "asc" ? "desc" : "asc";
              return (
                <TableCell key={field} sortDirection={isSorted ? view.sort.direction : false}>
                  <TableSortLabel
                    href={apiListAddress({ ...view, page: 1, sort: { field, direction } })}
                    active={isSorted}
                    direction={isSorted ? view.sort.direction : "asc"}
                  >
                    {label}
                  </TableSortLabel>
                </TableCell>
              );
            })}
            <TableCell>Last hour</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {apis.map((api) => (
            <TableRow key={api.id} hover>
              <TableCell>
                <Link href={`/apis/${api.id}/overview`} sx={{ fontWeight: 500 }}>
                  {api.name}
                </Link>
              </TableCell>
              <TableCell>{api.version}</TableCell>
              <TableCell>
                <Box component="span" className="mono" sx={{ fontSize: 13 }}>
                  {api.context}
                </Box>
              </TableCell>
              <TableCell>{api.owner.name}</TableCell>
              <TableCell>
                <LifecycleChip state={api.lifecycleState} />
              </TableCell>
              <TableCell>{endpointTypeWords[api.endpointType]}</TableCell>
              <TableCell sx={{ whiteSpace: "nowrap" }}>
                <RelativeTime date={api.updatedAt} />
              </TableCell>
              <TableCell>
                <HealthGlance health={health.get(api.id)} state={api.lifecycleState} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Paper>
  );
}
