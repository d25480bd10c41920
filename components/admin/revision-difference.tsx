import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { ChangeList } from "@/components/api-settings/change-list.tsx";
import { RevisionPicker } from "@/components/history/revision-picker.tsx";
import type { DocumentChange } from "@/lib/model/document-diff.ts";
import { JsonDiffView } from "./json-diff-view.tsx";

type ShownRevision = { revision: number; json: string };

type RevisionDifferenceProps = {
  apiId: string;
  revisions: readonly { revision: number; action: string; actorName: string }[];
  changes: readonly DocumentChange[];
  before: ShownRevision;
  after: ShownRevision;
};

/** What differs between two revisions: in words, and on demand as the JSON of both. */
export function RevisionDifference({ apiId, revisions, changes, before, after }: RevisionDifferenceProps) {
  return (
    <Stack sx={{ gap: 2.5 }}>
      <RevisionPicker path={`/admin/apis/${apiId}`} revisions={revisions} from={before.revision} to={after.revision} />
      <ChangeList changes={changes} />
      <Box component="details">
        <Box component="summary" sx={{ cursor: "pointer", mb: 1.5, width: "fit-content" }}>
          Raw JSON of both
        </Box>
        <JsonDiffView
          before={before.json}
          after={after.json}
          beforeTitle={`Revision ${before.revision}`}
          afterTitle={`Revision ${after.revision}`}
        />
      </Box>
    </Stack>
  );
}
