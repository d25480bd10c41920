import Box from "@mui/material/Box";
import { z } from "zod";
import { ChangeList } from "@/components/api-settings/change-list.tsx";

const changesSchema = z.object({
  changes: z.array(z.object({ subject: z.string(), before: z.string().optional(), after: z.string().optional() })),
});

/** What an audit event changed: in words where it tells differences, else as it is stored. */
export function AuditDetail({ detail }: { detail: unknown }) {
  if (detail === null || detail === undefined) return null;
  const parsed = changesSchema.safeParse(detail);
  return (
    <Box component="details" sx={{ mt: 0.5 }}>
      <Box
        component="summary"
        sx={{ cursor: "pointer", color: "text.secondary", typography: "body2", width: "fit-content" }}
      >
        Details
      </Box>
      <Box sx={{ mt: 1, maxWidth: 640 }}>
        {parsed.success ? (
          <ChangeList changes={parsed.data.changes.map(({ subject, before, after }) => ({ subject, before, after }))} />
        ) : (
          <Box component="pre" sx={{ m: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere", fontSize: 13 }}>
            {JSON.stringify(detail, null, 2)}
          </Box>
        )}
      </Box>
    </Box>
  );
}
