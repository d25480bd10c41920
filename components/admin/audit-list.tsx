import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { deviceName } from "@/components/account/device-name.ts";
import { Entry, EntryList } from "@/components/ui/entry-list.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { AuditEvent } from "@/lib/model/audit.ts";
import { AuditDetail } from "./audit-detail.tsx";
import { auditActionWords } from "./audit-words.ts";

/** Who did what to whom, and when. */
export function AuditList({ events }: { events: readonly AuditEvent[] }) {
  return (
    <EntryList label="Audit events, newest first">
      {events.map((event) => (
        <Entry
          key={event.id}
          aside={
            <Typography variant="body2" color="textSecondary" sx={{ whiteSpace: "nowrap" }}>
              <RelativeTime date={event.at} />
            </Typography>
          }
        >
          <Box sx={{ minWidth: 0, overflowWrap: "anywhere" }}>
            <Typography variant="body2" sx={{ "& strong": { fontWeight: 500 } }}>
              <strong>{event.actorName}</strong>
              {event.onBehalfOf !== null && (
                <>
                  {" "}
                  on behalf of <strong>{event.onBehalfOf}</strong>
                </>
              )}{" "}
              {auditActionWords(event.action)} <strong>{event.subject}</strong>
            </Typography>
            <Typography
              variant="caption"
              color="textSecondary"
              sx={{ display: "block" }}
              title={event.userAgent ?? undefined}
            >
              {originWords(event)}
            </Typography>
            <AuditDetail detail={event.detail} />
          </Box>
        </Entry>
      ))}
    </EntryList>
  );
}

function originWords({ address, credential, userAgent }: AuditEvent): string {
  if (address === null) return "by Fairlead itself";
  const how = credential === "session" && userAgent !== null ? `session, ${deviceName(userAgent)}` : credential;
  return how === null ? `from ${address}` : `from ${address} (${how})`;
}
