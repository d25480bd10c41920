"use client";

import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import NextLink from "next/link";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { ScrollRegion } from "./scroll-region.tsx";

type RevisionTableProps = {
  apiId: string;
  /** The newest first. */
  revisions: readonly { revision: number; action: string; actorName: string; createdAt: Date }[];
  /** The gateways that run a revision, by name. */
  gatewaysByRevision: ReadonlyMap<number, readonly string[]>;
};

/** Every save of an API, who made it, and where it runs. */
export function RevisionTable({ apiId, revisions, gatewaysByRevision }: RevisionTableProps) {
  return (
    <ScrollRegion label="Revisions" maxHeight={400}>
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell align="right">Revision</TableCell>
            <TableCell>Action</TableCell>
            <TableCell>Author</TableCell>
            <TableCell>Time</TableCell>
            <TableCell>Runs on</TableCell>
            <TableCell>Compare</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {revisions.map(({ revision, action, actorName, createdAt }, index) => {
            const previous = revisions[index + 1]?.revision;
            return (
              <TableRow key={revision} hover>
                <TableCell component="th" scope="row" align="right">
                  {revision}
                </TableCell>
                <TableCell>{action}</TableCell>
                <TableCell>{actorName}</TableCell>
                <TableCell>
                  <RelativeTime date={createdAt} />
                </TableCell>
                <TableCell>{gatewaysByRevision.get(revision)?.join(", ") ?? "—"}</TableCell>
                <TableCell>
                  {previous !== undefined && (
                    <Link
                      component={NextLink}
                      href={`/admin/apis/${apiId}?from=${previous}&to=${revision}#difference`}
                      prefetch={false}
                      aria-label={`Compare revision ${revision} with ${previous}`}
                    >
                      With {previous}
                    </Link>
                  )}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
