"use client";

import Link from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { ScrollRegion } from "@/components/admin/scroll-region.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { DocumentationSummary } from "@/lib/model/documentation.ts";
import { typeWords } from "./document-type-words.ts";

type DocumentTableProps = { apiId: string; documents: readonly DocumentationSummary[] };

/** The documents of an API by name. */
export function DocumentTable({ apiId, documents }: DocumentTableProps) {
  return (
    <ScrollRegion label="Documents">
      <Table>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Type</TableCell>
            <TableCell>Where</TableCell>
            <TableCell>Saved</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {documents.map((document) => (
            <TableRow key={document.id} hover>
              <TableCell component="th" scope="row" sx={{ minWidth: 180, overflowWrap: "anywhere" }}>
                <Link component={NextLink} href={`/apis/${apiId}/documents/${document.id}`}>
                  {document.name}
                </Link>
                <Typography variant="caption" component="div" color="textSecondary">
                  {document.summary}
                </Typography>
              </TableCell>
              <TableCell>{typeWords(document)}</TableCell>
              <TableCell sx={{ overflowWrap: "anywhere" }}>{document.sourceUrl ?? "Here"}</TableCell>
              <TableCell>
                <RelativeTime date={document.updatedAt} />
                <Typography variant="caption" component="div" color="textSecondary">
                  by {document.updatedBy}
                </Typography>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
