import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ToldOperation } from "@/lib/model/definition-answer.ts";

/** Lines that are shown: what people look through, not what they count. */
const mostShown = 100;

/** Operations of a document, one a line. */
export function OperationList({ label, operations }: { label: string; operations: readonly ToldOperation[] }) {
  const hidden = operations.length - mostShown;
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{ m: 0, p: 0, listStyle: "none", border: 1, borderColor: "divider", borderRadius: 1, overflow: "hidden" }}
    >
      {operations.slice(0, mostShown).map(({ verb, target, summary, authType }) => (
        <Box
          component="li"
          key={`${verb} ${target}`}
          sx={{
            ...{ display: "flex", flexWrap: "wrap", columnGap: 1.5, px: 1.5, py: 0.75, typography: "body2" },
            "&:not(:first-of-type)": { borderTop: 1, borderColor: "divider" },
          }}
        >
          <Box component="span" className="mono" sx={{ width: 64, fontWeight: 500 }}>
            {verb}
          </Box>
          <Box component="span" className="mono" sx={{ overflowWrap: "anywhere", minWidth: 0 }}>
            {target}
          </Box>
          <Typography component="span" variant="body2" color="textSecondary" sx={{ overflowWrap: "anywhere" }}>
            {[summary, authType === "None" ? "without a key" : ""].filter(Boolean).join(" · ")}
          </Typography>
        </Box>
      ))}
      {hidden > 0 && (
        <Typography
          component="li"
          variant="body2"
          color="textSecondary"
          sx={{ px: 1.5, py: 0.75, borderTop: 1, borderColor: "divider" }}
        >
          and {hidden.toLocaleString("en-US")} more
        </Typography>
      )}
    </Box>
  );
}
