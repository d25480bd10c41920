import Box from "@mui/material/Box";
import { ChangeList } from "@/components/api-settings/change-list.tsx";
import { auditDifference } from "@/lib/model/audit-difference.ts";

/** What an audit event changed, in words. */
export function AuditDetail({ detail }: { detail: unknown }) {
  const changes = auditDifference(detail);
  if (changes.length === 0) return null;
  return (
    <Box component="details" sx={{ mt: 0.5 }}>
      <Box
        component="summary"
        sx={{ cursor: "pointer", color: "text.secondary", typography: "body2", width: "fit-content" }}
      >
        Details
      </Box>
      <Box sx={{ mt: 1, maxWidth: 640 }}>
        <ChangeList changes={changes.map(({ subject, before, after }) => ({ subject, before, after }))} />
      </Box>
    </Box>
  );
}
