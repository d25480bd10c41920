"use client";

import PersonAddIcon from "@mui/icons-material/PersonAdd";
import Button from "@mui/material/Button";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import type { UserSummary } from "@/lib/model/account.ts";
import type { NewInvitation, OpenInvitation } from "@/lib/model/invitation.ts";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { type AskedUserChange, UserChangeDialog } from "./user-change-dialog.tsx";
import { UserTable } from "./user-table.tsx";

type UsersPanelProps = {
  users: readonly UserSummary[];
  invitations: readonly OpenInvitation[];
  ownId: string;
};

/** People of the installation: invite, add, change role, deactivate, reset password, end sessions. */
export function UsersPanel({ users, invitations, ownId }: UsersPanelProps) {
  const router = useRouter();
  const notify = useNotify();
  const [adding, setAdding] = useState(false);
  const [inviting, setInviting] = useState<Partial<NewInvitation>>();
  const [asked, setAsked] = useState<AskedUserChange>();
  const done = (message: string) => {
    setAdding(false);
    setAsked(undefined);
    notify.success(message);
    router.refresh();
  };
  return (
    <>
      <PageHeader
        title="Users"
        description="Who may sign in, and as what."
        actions={
          <>
            <Button onClick={() => setAdding(true)}>Add user</Button>
            <Button variant="contained" startIcon={<PersonAddIcon />} onClick={() => setInviting({})}>
              Invite
            </Button>
          </>
        }
      />
      <UserTable users={users} ownId={ownId} onAsk={setAsked} />
      <InvitationList invitations={invitations} onRenew={({ email, role }) => setInviting({ email, role })} />
      <InviteDialog given={inviting} onClose={() => setInviting(undefined)} onInvited={() => router.refresh()} />
      <AddUserDialog
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(name) => done(`${name} can sign in now.`)}
      />
      <UserChangeDialog asked={asked} onClose={() => setAsked(undefined)} onDone={done} />
    </>
  );
}
