"use client";

import PersonAddIcon from "@mui/icons-material/PersonAdd";
import Button from "@mui/material/Button";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { PageHeader } from "@/components/ui/page-header.tsx";
import type { UserSummary } from "@/lib/model/account.ts";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { type AskedUserChange, UserChangeDialog } from "./user-change-dialog.tsx";
import { UserTable } from "./user-table.tsx";

/** People of the installation: add, change role, deactivate, reset password, end sessions. */
export function UsersPanel({ users, ownId }: { users: readonly UserSummary[]; ownId: string }) {
  const router = useRouter();
  const notify = useNotify();
  const [adding, setAdding] = useState(false);
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
          <Button variant="contained" startIcon={<PersonAddIcon />} onClick={() => setAdding(true)}>
            Add user
          </Button>
        }
      />
      <UserTable users={users} ownId={ownId} onAsk={setAsked} />
      <AddUserDialog
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(name) => done(`${name} can sign in now.`)}
      />
      <UserChangeDialog asked={asked} onClose={() => setAsked(undefined)} onDone={done} />
    </>
  );
}
