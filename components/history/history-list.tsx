import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { Entry, EntryList } from "@/components/ui/entry-list.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { DocumentChange } from "@/lib/model/document-diff.ts";
import { ChangeSentences } from "./change-sentences.tsx";
import { CompareLink } from "./compare-link.tsx";
import { RestoreButton } from "./restore-button.tsx";

type HistoryEntry = {
  revision: number;
  action: string;
  comment: string;
  actorName: string;
  createdAt: Date;
  previous: number | undefined;
  changes: readonly DocumentChange[] | undefined;
};

type HistoryListProps = {
  api: { id: string; name: string; version: string; isLive: boolean };
  /** The revision that is stored now. */
  present: number;
  entries: readonly HistoryEntry[];
  /** The gateways that run a revision, by name. */
  gatewaysByRevision: ReadonlyMap<number, readonly string[]>;
  /** The page as it is, for links that compare. */
  path: string;
  canRestore: boolean;
};

/** Every save of an API: who, when, why, and what it changed. */
export function HistoryList({ api, present, entries, gatewaysByRevision, path, canRestore }: HistoryListProps) {
  return (
    <EntryList label="Revisions, newest first">
      {entries.map(({ revision, action, comment, actorName, createdAt, previous, changes }) => (
        <Entry key={revision} label={`Revision ${revision}`}>
          <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 1.5, rowGap: 0.5 }}>
            <Typography component="h3" variant="subtitle2">
              Revision {revision}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {action} by {actorName}, <RelativeTime date={createdAt} />
            </Typography>
            {revision === present && <Chip size="small" color="primary" variant="outlined" label="Current" />}
            {gatewaysByRevision.get(revision)?.map((host) => (
              <Chip key={host} size="small" variant="outlined" label={`Runs on ${host}`} />
            ))}
          </Box>
          {comment !== "" && (
            <Typography variant="body2" sx={{ overflowWrap: "anywhere", fontStyle: "italic" }}>
              “{comment}”
            </Typography>
          )}
          {changes && <ChangeSentences changes={changes} most={6} />}
          <Box sx={{ display: "flex", flexWrap: "wrap", gap: 0.5, ml: -0.75 }}>
            {previous !== undefined && (
              <CompareLink path={path} from={previous} to={revision} label={`Compare with ${previous}`} />
            )}
            {revision !== present && (
              <CompareLink path={path} from={revision} to={present} label="Compare with current" />
            )}
            {revision !== present && canRestore && <RestoreButton api={api} revision={revision} present={present} />}
          </Box>
        </Entry>
      ))}
    </EntryList>
  );
}
