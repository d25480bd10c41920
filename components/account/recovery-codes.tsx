import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { CopyButton } from "@/components/ui/copy-button.tsx";

/** Codes that stand in for the app, shown once: to copy or to keep as a file. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const text = codes.join("\n");
  return (
    <Stack sx={{ gap: 2 }}>
      <Alert severity="warning">
        Keep these recovery codes where you find them without your phone. Each signs you in once; they cannot be shown
        again.
      </Alert>
      <Box
        component="ul"
        aria-label="Recovery codes"
        className="mono"
        sx={{ listStyle: "none", p: 0, m: 0, display: "grid", gridTemplateColumns: "1fr 1fr", gap: 1 }}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Box>
      <Stack direction="row" sx={{ gap: 1, alignItems: "center" }}>
        <Button
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="fairlead-recovery-codes.txt"
        >
          Download
        </Button>
        <CopyButton value={text} label="Copy the recovery codes" />
      </Stack>
    </Stack>
  );
}
