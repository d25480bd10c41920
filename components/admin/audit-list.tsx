import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { AuditDetail } from "./audit-detail.tsx";
import { auditActionWords } from "./audit-words.ts";

type AuditLine = { id: string; at: Date; actorName: string; action: string; subject: string; detail: unknown };

/** Who did what to whom, and when. */
export function AuditList({ events }: { events: readonly AuditLine[] }) {
  return (
    <Box
      component="ol"
      aria-label="Audit events, newest first"
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
      {events.map((event) => (
        <Box
          component="li"
          key={event.id}
          sx={{
            display: "grid",
            gridTemplateColumns: { xs: "1fr", sm: "1fr auto" },
            columnGap: 2,
            px: 2,
            py: 1.25,
            "&:not(:first-of-type)": { borderTop: 1, borderColor: "divider" },
          }}
        >
          <Box sx={{ minWidth: 0, overflowWrap: "anywhere" }}>
            <Typography variant="body2" sx={{ "& strong": { fontWeight: 500 } }}>
              <strong>{event.actorName}</strong> {auditActionWords(event.action)} <strong>{event.subject}</strong>
            </Typography>
            <AuditDetail detail={event.detail} />
          </Box>
          <Typography variant="body2" color="textSecondary" sx={{ whiteSpace: "nowrap" }}>
            <RelativeTime date={event.at} />
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
