import SearchIcon from "@mui/icons-material/Search";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import Form from "next/form";

type RequestSearchProps = { apiId: string; requestId: string };

/** Finds one request by the id that its response carried. */
export function RequestSearch({ apiId, requestId }: RequestSearchProps) {
  return (
    <Box component="search" sx={{ mb: 3 }}>
      <Form action={`/apis/${apiId}/requests`}>
        <Box sx={{ display: "flex", alignItems: "flex-start", gap: 1, maxWidth: 640 }}>
          <TextField
            name="id"
            type="search"
            label="X-Request-Id"
            defaultValue={requestId}
            required
            helperText="Every response of the gateway carries one; callers may also send their own."
            slotProps={{
              htmlInput: { maxLength: 128, className: "mono", spellCheck: false, autoComplete: "off" },
              inputLabel: { required: false },
            }}
          />
          <Button type="submit" variant="outlined" startIcon={<SearchIcon />} sx={{ flexShrink: 0, minHeight: 40 }}>
            Explain
          </Button>
        </Box>
      </Form>
    </Box>
  );
}
