import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { ApiKey } from "@/lib/model/api-key.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { type ApiKeyState, apiKeyState } from "./api-key-state.ts";
import { KeyRateLimit } from "./key-rate-limit.tsx";
import { keyTypeNames } from "./key-type-names.ts";

const stateLabels = {
  active: { word: "Active", tone: "good" },
  "expires-soon": { word: "Expires soon", tone: "warning" },
  expired: { word: "Expired", tone: "off" },
} as const satisfies Record<ApiKeyState, { word: string; tone: string }>;

type ApiKeyTableProps = {
  apiId: string;
  keys: readonly ApiKey[];
  tiers: readonly RateTier[];
  now: Date;
  onRotate: (key: ApiKey) => void;
  onRevoke: (key: ApiKey) => void;
};

/** Keys as they are stored: recognisable by their first characters, never readable. */
export function ApiKeyTable({ apiId, keys, tiers, now, onRotate, onRevoke }: ApiKeyTableProps) {
  return (
    <ScrollRegion label="API keys">
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Key type</TableCell>
            <TableCell>Key</TableCell>
            <TableCell>Rate limit</TableCell>
            <TableCell>Created</TableCell>
            <TableCell>Last used</TableCell>
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
                <PreviousKey apiKey={key} now={now} />
              </TableCell>
              <TableCell>
                <KeyRateLimit apiId={apiId} apiKey={key} tiers={tiers} />
              </TableCell>
              <TableCell>
                <RelativeTime date={key.createdAt} />
              </TableCell>
              <TableCell>{key.lastUsedAt ? <RelativeTime date={key.lastUsedAt} /> : "Never"}</TableCell>
              <TableCell>{key.expiresAt ? <RelativeTime date={key.expiresAt} /> : "Never"}</TableCell>
              <TableCell>
                <StateLabel {...stateLabels[apiKeyState(key, now)]} />
              </TableCell>
              <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
                <WhenPermitted>
                  <Button
                    size="small"
                    disabled={apiKeyState(key, now) === "expired"}
                    onClick={() => onRotate(key)}
                    aria-label={`Rotate ${key.name}`}
                  >
                    Rotate
                  </Button>
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

/** The key before a rotation, as long as it is good. */
function PreviousKey({ apiKey: { previousPrefix, previousEndsAt }, now }: { apiKey: ApiKey; now: Date }) {
  if (previousPrefix === null || previousEndsAt === null || previousEndsAt <= now) return null;
  return (
    <Typography variant="caption" component="div" color="text.secondary">
      <span className="mono">{previousPrefix}…</span> ends <RelativeTime date={previousEndsAt} />
    </Typography>
  );
}
