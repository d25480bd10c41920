import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import Typography from "@mui/material/Typography";
import { memo } from "react";
import { RateTierField } from "@/components/rate-limits/rate-tier-field.tsx";
import { useRefusal } from "@/components/ui/when-permitted.tsx";
import type { Operation } from "@/lib/model/operation.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";

type OperationRowProps = {
  operation: Operation;
  tiers: readonly RateTier[];
  /** The same from one drawing to the next: rows that did not change are not drawn again. */
  onChange: (changed: Operation) => void;
  onRemove: (operation: Operation) => void;
};

/** Told to those who hear the page: there is one such field in every row. */
const onlyHeard = { position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" } as const;

/** One operation: its method, whether callers need a key, and its rate limit. */
export const OperationRow = memo(function OperationRow({ operation, tiers, onChange, onRemove }: OperationRowProps) {
  const { method, path, secured, rateTier, summary } = operation;
  const name = `${method} ${path}`;
  const isReadOnly = useRefusal() !== undefined;
  return (
    <Box component="li" sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1.5, py: 1 }}>
      <Chip label={method} size="small" variant="outlined" className="mono" sx={{ minWidth: 80 }} />
      <Typography variant="body2" color="textSecondary" sx={{ flex: "1 1 160px", overflowWrap: "anywhere" }}>
        {summary}
      </Typography>
      <FormControlLabel
        label="Security"
        disabled={isReadOnly}
        control={
          <Switch
            size="small"
            checked={secured}
            onChange={(_, next) => onChange({ ...operation, secured: next })}
            slotProps={{ input: { "aria-label": `Security of ${name}` } }}
          />
        }
      />
      <RateTierField
        tiers={tiers}
        value={rateTier}
        onChange={(next) => onChange({ ...operation, rateTier: next })}
        label={
          <>
            Rate limit<span style={onlyHeard}> of {name}</span>
          </>
        }
        size="small"
        disabled={isReadOnly}
        sx={{ width: 220 }}
      />
      {!isReadOnly && (
        <Button size="small" color="inherit" aria-label={`Remove ${name}`} onClick={() => onRemove(operation)}>
          Remove
        </Button>
      )}
    </Box>
  );
});
