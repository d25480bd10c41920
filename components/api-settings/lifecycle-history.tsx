import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { type LifecycleAction, lifecycleActions } from "@/lib/model/lifecycle.ts";

/** A save of an API as the list of revisions tells it. */
export type RevisionLine = { revision: number; action: string; actorName: string; createdAt: Date };

/** Who moved the API on, and when; newest first, down to its creation. */
export function LifecycleHistory({ revisions }: { revisions: readonly RevisionLine[] }) {
  const events = revisions
    .toSorted((a, b) => a.revision - b.revision)
    .filter(({ action }, index) => index === 0 || isLifecycleAction(action))
    .toReversed();
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
      {events.map((event) => (
        <Box
          component="li"
          key={event.revision}
          sx={{ display: "flex", flexWrap: "wrap", columnGap: 2, py: 1, borderTop: 1, borderColor: "divider" }}
        >
          <Typography variant="body2" sx={{ fontWeight: 500, minWidth: 144 }}>
            {event.action}
          </Typography>
          <Typography variant="body2" sx={{ flex: "1 1 160px" }}>
            {event.actorName}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            <RelativeTime date={event.createdAt} />
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

const isLifecycleAction = (text: string): text is LifecycleAction => lifecycleActions.some((action) => action === text);
