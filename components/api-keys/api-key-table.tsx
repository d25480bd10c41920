import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { ApiKey } from "@/lib/model/api-key.ts";
import { type ApiKeyState, apiKeyState } from "./api-key-state.ts";
import { keyTypeNames } from "./key-type-names.ts";

const stateLabels = {
  active: { word: "Active", tone: "good" },
  "expires-soon": { word: "Expires soon", tone: "warning" },
  expired: { word: "Expired", tone: "off" },
} as const satisfies Record<ApiKeyState, { word: string; tone: string }>;

type ApiKeyTableProps = { keys: readonly ApiKey[]; now: Date; onRevoke: (key: ApiKey) => void };

/** Keys as they are stored: recognisable by their first characters, never readable. */
export function ApiKeyTable({ keys, now, onRevoke }: ApiKeyTableProps) {
  return (
    <ScrollRegion label="API keys">
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Key type</TableCell>
            <TableCell>Key</TableCell>
            <TableCell>Created</TableCell>
            <TableCell>Expires</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <TableRow key={key.id} hover>
              <TableCell component="th" scope="row">
                {key.name}
              </TableCell>
              <TableCell>{keyTypeNames[key.keyType]}</TableCell>
              <TableCell>
                <span className="mono">{key.prefix}…</span>
              </TableCell>
              <TableCell>
                <RelativeTime date={key.createdAt} />
              </TableCell>
              <TableCell>{key.expiresAt ? <RelativeTime date={key.expiresAt} /> : "Never"}</TableCell>
              <TableCell>
                <StateLabel {...stateLabels[apiKeyState(key, now)]} />
              </TableCell>
              <TableCell align="right">
                <WhenPermitted>
                  <Button color="error" size="small" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
                    Revoke
                  </Button>
                </WhenPermitted>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
