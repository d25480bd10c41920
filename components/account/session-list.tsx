"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { OwnSession } from "@/lib/model/account.ts";
import { revokeOwnSessionAction } from "@/lib/server/actions/revoke-own-session-action.ts";
import { deviceName } from "./device-name.ts";

/** Where a person is signed in; any session but this one can be ended here. */
export function SessionList({ sessions }: { sessions: readonly OwnSession[] }) {
  const router = useRouter();
  const notify = useNotify();
  const [ending, setEnding] = useState<string>();
  const [isPending, startEnding] = useTransition();

  function endSession(session: OwnSession): void {
    setEnding(session.id);
    startEnding(async () => {
      const result = await revokeOwnSessionAction(session.id);
      if (result.ok) notify.success(`${deviceName(session.userAgent)} is signed out.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  return (
    <Box component="ul" aria-label="Your sessions" sx={{ listStyle: "none", m: 0, p: 0 }}>
      {sessions.map((session) => (
        <Box
          component="li"
          key={session.id}
          sx={{
            display: "flex",
            flexWrap: "wrap",
            gap: 1.5,
            alignItems: "center",
            py: 1.5,
            borderTop: 1,
            borderColor: "divider",
          }}
        >
          <Box sx={{ flex: "1 1 220px" }}>
            <Typography component="div" sx={{ display: "flex", gap: 1, alignItems: "center", fontWeight: 500 }}>
              {deviceName(session.userAgent)}
              {session.current && <Chip label="This session" size="small" color="primary" variant="outlined" />}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {session.ipAddress || "Address not known"} · signed in <RelativeTime date={session.createdAt} />
              {!session.current && (
                <>
                  {" "}
                  · last active <RelativeTime date={session.lastActiveAt} />
                </>
              )}
            </Typography>
          </Box>
          {!session.current && (
            <Button
              size="small"
              color="error"
              loading={isPending && ending === session.id}
              aria-label={`End the session of ${deviceName(session.userAgent)}, ${session.ipAddress || "address not known"}`}
              onClick={() => endSession(session)}
            >
              End session
            </Button>
          )}
        </Box>
      ))}
    </Box>
  );
}
