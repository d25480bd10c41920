import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { changeSentence } from "@/lib/model/change-sentence.ts";
import type { DocumentChange } from "@/lib/model/document-diff.ts";

type ChangeSentencesProps = {
  changes: readonly DocumentChange[];
  /** How many are told one by one. */
  most?: number;
};

/** Differences, a sentence each. */
export function ChangeSentences({ changes, most = Number.POSITIVE_INFINITY }: ChangeSentencesProps) {
  if (changes.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        Nothing differs.
      </Typography>
    );
  }
  const hidden = changes.length - most;
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5, typography: "body2", overflowWrap: "anywhere" }}>
      {changes.slice(0, most).map((change) => (
        <li key={`${change.subject} ${change.before} ${change.after}`}>{changeSentence(change)}</li>
      ))}
      {hidden > 0 && <li>and {hidden} more</li>}
    </Box>
  );
}
