import TextField from "@mui/material/TextField";

type ReadOnlyFieldProps = { label: string; value: string; mono?: boolean; helperText?: string };

/** A value that is shown where it could be expected to be editable, and is not. It can be focused and copied. */
export function ReadOnlyField({ label, value, mono = false, helperText }: ReadOnlyFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      helperText={helperText}
      variant="filled"
      fullWidth
      slotProps={{
        htmlInput: {
          readOnly: true,
          style: mono ? { fontFamily: '"Roboto Mono", ui-monospace, monospace' } : undefined,
        },
      }}
    />
  );
}
