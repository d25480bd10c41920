import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { Entry, EntryList } from "@/components/ui/entry-list.tsx";
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
    <EntryList label="Watched changes, newest first">
      {watches.map((watch) => (
        <Entry key={watch.id}>
          <div>
            <Typography component="h3" variant="subtitle2">
              {watchStateWords[watch.state]} · {watchTitle(watch)}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              Saved by {watch.actorName}, <RelativeTime date={watch.startedAt} />
            </Typography>
          </div>
          {watch.reason !== "" && <Box sx={{ overflowWrap: "anywhere" }}>{watch.reason}</Box>}
          <WatchFigures figures={watch.figures} />
        </Entry>
      ))}
    </EntryList>
  );
}
