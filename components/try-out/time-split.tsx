import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { msWords } from "@/lib/model/explain-decision.ts";

type TimeSplitProps = {
  totalMs: number;
  /** Undefined: it is not known. */
  endpointMs: number | undefined;
};

/** Whose time it was: the endpoints', or the gateway's with the ways to it. */
export function TimeSplit({ totalMs, endpointMs }: TimeSplitProps) {
  if (endpointMs === undefined) return null;
  const endpoint = Math.min(endpointMs, totalMs);
  const rest = totalMs - endpoint;
  const share = totalMs > 0 ? (endpoint / totalMs) * 100 : 0;
  return (
    <Box>
      <Box
        aria-hidden
        sx={{ display: "flex", height: 10, borderRadius: 1, overflow: "hidden", bgcolor: "action.hover" }}
      >
        <Box sx={{ width: `${share}%`, bgcolor: "primary.main" }} />
        <Box sx={{ flex: 1, bgcolor: "warning.main", opacity: 0.6 }} />
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
        Endpoint {msWords(endpoint)}, gateway and way {msWords(rest)}
      </Typography>
    </Box>
  );
}
