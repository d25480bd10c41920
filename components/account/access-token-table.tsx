import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { AccessToken } from "@/lib/model/account.ts";

import { scopeNames } from "./scope-names.ts";

type AccessTokenTableProps = {
  tokens: readonly AccessToken[];
  now: Date;
  onRevoke: (token: AccessToken) => void;
};

/** Tokens, recognisable by their first characters. */
export function AccessTokenTable({ tokens, now, onRevoke }: AccessTokenTableProps) {
  return (
    <ScrollRegion label="Access tokens">
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Token</TableCell>
            <TableCell>Scope</TableCell>
            <TableCell>Created</TableCell>
            <TableCell>Last used</TableCell>
            <TableCell>Expires</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {tokens.map((token) => (
            <TableRow key={token.id} hover>
              <TableCell component="th" scope="row">
                {token.name}
              </TableCell>
              <TableCell>
                <span className="mono">{token.prefix}…</span>
              </TableCell>
              <TableCell>{scopeNames[token.scope]}</TableCell>
              <TableCell>
                <RelativeTime date={token.createdAt} />
              </TableCell>
              <TableCell>{token.lastUsedAt ? <RelativeTime date={token.lastUsedAt} /> : "Never"}</TableCell>
              <TableCell>
                <Expiry expiresAt={token.expiresAt} now={now} />
              </TableCell>
              <TableCell align="right">
                <Button color="error" size="small" onClick={() => onRevoke(token)} aria-label={`Revoke ${token.name}`}>
                  Revoke
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}

function Expiry({ expiresAt, now }: { expiresAt: Date | null; now: Date }) {
  if (expiresAt === null) return "Never";
  if (expiresAt <= now) return <StateLabel word="Expired" tone="off" />;
  return <RelativeTime date={expiresAt} />;
}
