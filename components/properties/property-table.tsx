import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import type { ApiProperty } from "@/lib/model/api-property.ts";

/** The properties of an API, for those who may look. */
export function PropertyTable({ properties }: { properties: readonly ApiProperty[] }) {
  if (properties.length === 0) {
    return <EmptyState title="No properties yet" description="Nobody has said anything about this API here." />;
  }
  return (
    <Table aria-label="Properties" sx={{ maxWidth: 900 }}>
      <TableHead>
        <TableRow>
          <TableCell>Name</TableCell>
          <TableCell>Value</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {properties.map(({ name, value }) => (
          <TableRow key={name}>
            <TableCell component="th" scope="row" sx={{ overflowWrap: "anywhere", width: "33%" }}>
              {name}
            </TableCell>
            <TableCell sx={{ overflowWrap: "anywhere" }}>{value}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
