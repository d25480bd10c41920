import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Stack from "@mui/material/Stack";
import { CopyField } from "@/components/ui/copy-field.tsx";
import { curlCommand } from "./curl-command.ts";

type ApiKeyOnceProps = { titleId: string; name: string; secret: string; url: string; onDone: () => void };

/** The only time that a key can be read. */
export function ApiKeyOnce({ titleId, name, secret, url, onDone }: ApiKeyOnceProps) {
  return (
    <>
      <DialogTitle id={titleId}>Key “{name}” is ready</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2, pt: 1 }}>
          <Alert severity="warning">
            Copy the key now. Only its fingerprint is stored, so it cannot be shown again.
          </Alert>
          <CopyField label="API key" value={secret} />
          <CopyField label="Call with this key" value={curlCommand(url, `apikey: ${secret}`)} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onDone}>
          I have copied it
        </Button>
      </DialogActions>
    </>
  );
}
