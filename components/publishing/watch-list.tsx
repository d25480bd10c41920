import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { GuardWatch } from "@/lib/model/guard.ts";
import { WatchFigures } from "./watch-figures.tsx";
import { watchStateWords, watchTitle } from "./watch-words.ts";

/** The last changes that were watched, and what became of them. */
export function WatchList({ watches }: { watches: readonly GuardWatch[] }) {
  if (watches.length === 0) {
    return <Typography color="textSecondary">No change of this API has been watched so far.</Typography>;
  }
  return (
    <Box
      component="ol"
      aria-label="Watched changes, newest first"
      sx={{
        listStyle: "none",
        m: 0,
        p: 0,
        border: 1,
        borderColor: "divider",
        borderRadius: 2,
        bgcolor: "background.paper",
      }}
    >
      {watches.map((watch) => (
        <Box
          component="li"
          key={watch.id}
          sx={{
            px: 2,
            py: 1.5,
            typography: "body2",
            "&:not(:first-of-type)": { borderTop: 1, borderColor: "divider" },
          }}
        >
          <Typography component="h3" variant="subtitle2">
            {watchStateWords[watch.state]} · {watchTitle(watch)}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            Saved by {watch.actorName}, <RelativeTime date={watch.startedAt} />
          </Typography>
          {watch.reason !== "" && <Box sx={{ mt: 0.5, overflowWrap: "anywhere" }}>{watch.reason}</Box>}
          <WatchFigures figures={watch.figures} />
        </Box>
      ))}
    </Box>
  );
}
