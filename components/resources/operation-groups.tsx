import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useDeferredValue, useMemo, useState } from "react";
import { type Operation, operationKey } from "@/lib/model/operation.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { OperationRow } from "./operation-row.tsx";
import { byPath, matching } from "./operations-draft.ts";

/** Rows that are drawn at once: a page of 5,000 would be slow, and nobody reads it. */
const pageSize = 50;

type OperationGroupsProps = {
  operations: readonly Operation[];
  tiers: readonly RateTier[];
  onChange: (changed: Operation) => void;
  onRemove: (operation: Operation) => void;
};

/** Operations by their paths, with a search where there are many. */
export function OperationGroups({ operations, tiers, onChange, onRemove }: OperationGroupsProps) {
  const [looked, setLooked] = useState("");
  const [most, setMost] = useState(pageSize);
  const deferred = useDeferredValue(looked);
  const found = useMemo(() => matching(operations, deferred), [operations, deferred]);
  const groups = useMemo(() => byPath(found), [found]);
  const shown = firstRows(groups, most);
  const rows = shown.reduce((sum, [, some]) => sum + some.length, 0);
  const isLong = operations.length > 10;
  return (
    <section aria-label="Operations">
      {isLong && (
        <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 2, mb: 1 }}>
          <TextField
            type="search"
            label="Search operations"
            size="small"
            value={looked}
            onChange={(event) => {
              setLooked(event.target.value);
              setMost(pageSize);
            }}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            sx={{ width: 320 }}
          />
          <Typography variant="body2" color="textSecondary" role="status">
            {found.length.toLocaleString("en-US")} of {operations.length.toLocaleString("en-US")} operations
          </Typography>
        </Box>
      )}
      {shown.map(([path, some]) => (
        <Box key={path} sx={{ border: 1, borderColor: "divider", borderRadius: 1, px: 2, py: 1, mb: 1 }}>
          <Typography
            component="h2"
            variant="body1"
            className="mono"
            sx={{ overflowWrap: "anywhere", fontWeight: 500 }}
          >
            {path}
          </Typography>
          <Box component="ul" aria-label={path} sx={{ m: 0, p: 0, listStyle: "none" }}>
            {some.map((operation) => (
              <OperationRow key={operationKey(operation)} {...{ operation, tiers, onChange, onRemove }} />
            ))}
          </Box>
        </Box>
      ))}
      {found.length === 0 && isLong && <Typography>No operation has all these words.</Typography>}
      {rows < found.length && (
        <Button onClick={() => setMost(most + 2 * pageSize)}>
          Show more ({(found.length - rows).toLocaleString("en-US")})
        </Button>
      )}
    </section>
  );
}

type Groups = readonly (readonly [path: string, operations: readonly Operation[]])[];

/** Whole groups, until there are so many rows. */
function firstRows(groups: Groups, most: number): Groups {
  let rows = 0;
  const end = groups.findIndex(([, some]) => {
    if (rows >= most) return true;
    rows += some.length;
    return false;
  });
  return end === -1 ? groups : groups.slice(0, end);
}
