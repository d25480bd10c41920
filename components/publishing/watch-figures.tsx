import Box from "@mui/material/Box";
import type { GuardFigures } from "@/lib/model/guard.ts";
import { figuresInWords } from "@/lib/model/guard-verdict.ts";

/** What gateways counted since a change, and before it. */
export function WatchFigures({ figures }: { figures: GuardFigures | null }) {
  if (!figures) return null;
  const { gatewayId, before, after } = figures;
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        mt: 1,
        display: "grid",
        gridTemplateColumns: "auto 1fr",
        columnGap: 1.5,
        fontVariantNumeric: "tabular-nums",
      }}
    >
      {gatewayId !== null && (
        <>
          <dt>Gateway</dt>
          <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>
            {gatewayId}
          </Box>
        </>
      )}
      <dt>Since</dt>
      <Box component="dd" sx={{ m: 0 }}>
        {figuresInWords(after)}
      </Box>
      <dt>Before</dt>
      <Box component="dd" sx={{ m: 0 }}>
        {figuresInWords(before)}
      </Box>
    </Box>
  );
}
