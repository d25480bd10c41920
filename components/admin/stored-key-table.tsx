"use client";

import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { keyTypeNames } from "@/components/api-keys/key-type-names.ts";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { ApiKey } from "@/lib/model/api-key.ts";
import { ScrollRegion } from "./scroll-region.tsx";

/** Who holds keys of an API, and who gave them. */
export function StoredKeyTable({ keys }: { keys: readonly (ApiKey & { createdBy: string | null })[] }) {
  if (keys.length === 0) return <Typography color="textSecondary">Nobody holds a key.</Typography>;
  return (
    <ScrollRegion label="Keys" maxHeight={400}>
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Key type</TableCell>
            <TableCell>Key</TableCell>
            <TableCell>Made by</TableCell>
            <TableCell>Created</TableCell>
            <TableCell>Expires</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <TableRow key={key.id}>
              <TableCell component="th" scope="row">
                {key.name}
              </TableCell>
              <TableCell>{keyTypeNames[key.keyType]}</TableCell>
              <TableCell>
                <span className="mono">{key.prefix}…</span>
              </TableCell>
              <TableCell>{key.createdBy ?? "somebody without an account"}</TableCell>
              <TableCell>
                <RelativeTime date={key.createdAt} />
              </TableCell>
              <TableCell>{key.expiresAt ? <RelativeTime date={key.expiresAt} /> : "Never"}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
