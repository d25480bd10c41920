import Box from "@mui/material/Box";
import { StateLabel } from "@/components/admin/state-label.tsx";
import type { ApiHealth } from "@/lib/model/api-statistics.ts";
import { isRouted, type LifecycleState } from "@/lib/model/lifecycle.ts";

const heightPx = 16;

/** How an API is doing, in a line: endpoints that are not ready, calls of the last hour, and how many of them failed. */
export function HealthGlance({ health, state }: { health: ApiHealth | undefined; state: LifecycleState }) {
  if (!isRouted(state)) return <StateLabel word="Not served" tone="off" />;
  const { requests = 0, serverErrors = 0, unreadyEndpoints = 0, endpoints = 0, twelfths = [] } = health ?? {};
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 1.25, whiteSpace: "nowrap" }}>
      <StateLabel
        word={unreadyEndpoints > 0 ? readyWord(unreadyEndpoints, endpoints) : callsWord(requests, serverErrors)}
        tone={toneOf(serverErrors, requests, unreadyEndpoints)}
      />
      {requests > 0 && <CallBars twelfths={twelfths} />}
    </Box>
  );
}

/** An endpoint that was just removed may still be told of: then there are fewer than are not ready. */
function readyWord(unready: number, endpoints: number): string {
  return unready > endpoints ? `${unready} not ready` : `${endpoints - unready} of ${endpoints} ready`;
}

function callsWord(requests: number, serverErrors: number): string {
  if (requests === 0) return "No calls";
  if (serverErrors === 0) return `${requests.toLocaleString("en")} ${requests === 1 ? "call" : "calls"}`;
  const share = (100 * serverErrors) / requests;
  return `${share < 0.1 ? "< 0.1" : share.toFixed(share < 10 ? 1 : 0)} % failed`;
}

function toneOf(serverErrors: number, requests: number, unreadyEndpoints: number) {
  if (unreadyEndpoints > 0 || serverErrors > requests / 20) return "bad";
  if (serverErrors > 0) return "warning";
  return requests > 0 ? "good" : "off";
}

/** A bar for each five minutes of the hour. */
function CallBars({ twelfths }: { twelfths: readonly number[] }) {
  const most = Math.max(...twelfths, 1);
  return (
    <Box
      role="img"
      component="span"
      aria-label={`Calls in each five minutes of the last hour, the oldest first: ${twelfths.join(", ")}`}
      sx={{ display: "inline-flex", alignItems: "flex-end", gap: "2px", height: heightPx }}
    >
      {[...twelfths.entries()].map(([twelfth, calls]) => (
        <Box
          key={twelfth}
          component="span"
          sx={{
            width: 4,
            height: `${calls === 0 ? 1 : Math.max(2, Math.round((calls / most) * heightPx))}px`,
            bgcolor: calls === 0 ? "divider" : "primary.main",
          }}
        />
      ))}
    </Box>
  );
}
