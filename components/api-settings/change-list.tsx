import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { DocumentChange } from "@/lib/model/document-diff.ts";

/** Differences in words: what, and how it read before and reads after. */
export function ChangeList({ changes }: { changes: readonly DocumentChange[] }) {
  if (changes.length === 0) {
    return <Typography color="textSecondary">Nothing differs between the two documents.</Typography>;
  }
  return (
    <Box component="dl" sx={{ m: 0, display: "grid", gap: 1.5 }}>
      {changes.map((change) => (
        <Box key={`${change.subject} ${change.before} ${change.after}`}>
          <Typography component="dt" variant="body2" sx={{ fontWeight: 500 }}>
            {change.subject}
          </Typography>
          <Box component="dd" sx={{ m: 0 }}>
            <ChangeValue label="was" mark="−" color="error.main" value={change.before} />
            <ChangeValue label="now" mark="+" color="success.main" value={change.after} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

type ChangeValueProps = { label: string; mark: string; color: string; value: string | undefined };

function ChangeValue({ label, mark, color, value }: ChangeValueProps) {
  if (value === undefined) return null;
  return (
    <Box sx={{ display: "flex", gap: 1, typography: "body2" }}>
      <Box component="span" className="mono" aria-hidden sx={{ color }}>
        {mark}
      </Box>
      <Box component="span" sx={{ color: "text.secondary", minWidth: 32 }}>
        {label}
      </Box>
      <Box component="span" sx={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {value === "" ? "empty" : value}
      </Box>
    </Box>
  );
}
