import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { ScrollRegion } from "./scroll-region.tsx";

/** The first cell of a row names it and is another in each. */
type FactTableProps = { label: string; heads: readonly string[]; rows: readonly (readonly [string, ...string[]])[] };

/** Plain facts in rows. */
export function FactTable({ label, heads, rows }: FactTableProps) {
  return (
    <ScrollRegion label={label}>
      <Table size="small">
        <TableHead>
          <TableRow>
            {heads.map((head) => (
              <TableCell key={head}>{head}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(([name, ...facts]) => (
            <TableRow key={name}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              {facts.map((fact, index) => (
                <TableCell key={heads[index + 1]} sx={{ overflowWrap: "anywhere" }}>
                  {fact}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
