"use client";

import AddIcon from "@mui/icons-material/Add";
import DeleteIcon from "@mui/icons-material/Delete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import type { Pair } from "./try-out-draft.ts";

type PairRowsProps = {
  title: string;
  /** What one of them is called: "header". */
  one: string;
  pairs: readonly Pair[];
  problem: string | undefined;
  onChange: (pairs: readonly Pair[]) => void;
};

/** Names and values, as many as are needed. */
export function PairRows({ title, one, pairs, problem, onChange }: PairRowsProps) {
  const change = (id: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)));
  return (
    <Box role="group" aria-label={title} sx={{ display: "grid", gap: 1 }}>
      <Typography variant="subtitle2">{title}</Typography>
      {pairs.map(({ id, name, value }, index) => (
        <Box key={id} sx={{ display: "flex", gap: 1, alignItems: "center" }}>
          <TextField
            size="small"
            value={name}
            onChange={(event) => change(id, { name: event.target.value })}
            sx={{ flex: 1 }}
            slotProps={{ htmlInput: { "aria-label": `Name of ${one} ${index + 1}`, placeholder: "Name" } }}
          />
          <TextField
            size="small"
            value={value}
            onChange={(event) => change(id, { value: event.target.value })}
            sx={{ flex: 1.5 }}
            slotProps={{ htmlInput: { "aria-label": `Value of ${one} ${index + 1}`, placeholder: "Value" } }}
          />
          <IconButton
            size="small"
            aria-label={`Remove ${one} ${index + 1}`}
            onClick={() => onChange(pairs.filter((pair) => pair.id !== id))}
          >
            <DeleteIcon fontSize="small" />
          </IconButton>
        </Box>
      ))}
      {problem !== undefined && <FormHelperText error>{problem}</FormHelperText>}
      <Button
        size="small"
        startIcon={<AddIcon />}
        sx={{ justifySelf: "start" }}
        onClick={() =>
          onChange([...pairs, { id: 1 + Math.max(0, ...pairs.map((pair) => pair.id)), name: "", value: "" }])
        }
      >
        Add {one}
      </Button>
    </Box>
  );
}
