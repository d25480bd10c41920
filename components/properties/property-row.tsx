import DeleteIcon from "@mui/icons-material/Delete";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import TextField from "@mui/material/TextField";
import type { UseFormRegisterReturn } from "react-hook-form";

type PropertyRowProps = {
  /** Its place, counted from one: a new property has no name yet. */
  number: number;
  name: UseFormRegisterReturn;
  value: UseFormRegisterReturn;
  problems: { name: string | undefined; value: string | undefined };
  onRemove: () => void;
};

/** One property that can be changed. */
export function PropertyRow({ number, name, value, problems, onRemove }: PropertyRowProps) {
  return (
    <Box
      component="li"
      aria-label={`Property ${number}`}
      sx={{ display: "grid", gap: 1, alignItems: "start", gridTemplateColumns: columns, gridTemplateAreas: areas }}
    >
      <TextField
        size="small"
        label="Name"
        required
        error={problems.name !== undefined}
        helperText={problems.name}
        sx={{ gridArea: "name" }}
        {...name}
      />
      <TextField
        size="small"
        label="Value"
        required
        error={problems.value !== undefined}
        helperText={problems.value}
        sx={{ gridArea: "value" }}
        {...value}
      />
      <IconButton aria-label={`Remove property ${number}`} onClick={onRemove} sx={{ gridArea: "remove" }}>
        <DeleteIcon />
      </IconButton>
    </Box>
  );
}

const columns = { xs: "minmax(0, 1fr) auto", sm: "minmax(0, 1fr) minmax(0, 2fr) auto" };
const areas = { xs: '"name remove" "value value"', sm: '"name value remove"' };
