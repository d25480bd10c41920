"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { OpenInvitation } from "@/lib/model/invitation.ts";
import { withdrawInvitationAction } from "@/lib/server/actions/invitation-actions.ts";
import { roleNames } from "./role-names.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { Section } from "./section.tsx";

type InvitationListProps = {
  invitations: readonly OpenInvitation[];
  /** A new link is wanted, in place of the one that was lost. */
  onRenew: (invitation: OpenInvitation) => void;
};

/** Invitations that nobody has taken up so far; nothing while there are none. */
export function InvitationList({ invitations, onRenew }: InvitationListProps) {
  const router = useRouter();
  const notify = useNotify();
  const [asked, setAsked] = useState<OpenInvitation>();
  const [isBusy, setBusy] = useState(false);
  const withdraw = async (invitation: OpenInvitation) => {
    setBusy(true);
    const result = await withdrawInvitationAction(invitation.id);
    setBusy(false);
    setAsked(undefined);
    if (result.ok) notify.success(`The invitation of ${invitation.email} is withdrawn.`);
    else notify.error(result.problem.message);
    router.refresh();
  };
  if (invitations.length === 0) return null;
  return (
    <Box sx={{ mt: 4 }}>
      <Section title="Open invitations" description="Links that were made and not used. Each works once.">
        <ScrollRegion label="Open invitations">
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>E-mail</TableCell>
                <TableCell>Role</TableCell>
                <TableCell>Invited by</TableCell>
                <TableCell>Expires</TableCell>
                <TableCell align="right">Actions</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {invitations.map((invitation) => (
                <TableRow key={invitation.id}>
                  <TableCell component="th" scope="row">
                    {invitation.email}
                  </TableCell>
                  <TableCell>{roleNames[invitation.role]}</TableCell>
                  <TableCell>{invitation.invitedBy}</TableCell>
                  <TableCell>
                    <RelativeTime date={invitation.expiresAt} />
                  </TableCell>
                  <TableCell align="right" sx={{ whiteSpace: "nowrap" }}>
                    <Button
                      size="small"
                      onClick={() => onRenew(invitation)}
                      aria-label={`New link for ${invitation.email}`}
                    >
                      New link
                    </Button>
                    <Button
                      size="small"
                      color="error"
                      onClick={() => setAsked(invitation)}
                      aria-label={`Withdraw the invitation of ${invitation.email}`}
                    >
                      Withdraw
                    </Button>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </ScrollRegion>
      </Section>
      <ConfirmDialog
        open={asked !== undefined}
        title="Withdraw this invitation?"
        confirmLabel="Withdraw"
        destructive
        busy={isBusy}
        onCancel={() => setAsked(undefined)}
        onConfirm={() => asked && void withdraw(asked)}
      >
        The link that {asked?.email} has stops working at once.
      </ConfirmDialog>
    </Box>
  );
}
