import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { CopyField } from "@/components/ui/copy-field.tsx";
import type { SecondFactorSetup } from "@/lib/model/second-factor.ts";

/** The key of a second factor, to be scanned or typed into an app. Dark on white in every theme: scanners want it so. */
export function SetupKey({ setup: { qr, key } }: { setup: SecondFactorSetup }) {
  return (
    <>
      <Typography variant="body2">Scan this with an authenticator app, or type the key in.</Typography>
      <Box
        component="svg"
        role="img"
        aria-label="QR code with the key"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        sx={{ width: 200, height: 200, alignSelf: "center", bgcolor: "#fff", borderRadius: 1 }}
      >
        <path d={qr.path} fill="#000" />
      </Box>
      <CopyField label="Key" value={key} />
    </>
  );
}
