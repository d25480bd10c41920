"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { endActingAction } from "@/lib/server/actions/acting-actions.ts";

/** Says on every page that an administrator acts with another person's rights, and ends it. */
export function ActingBanner({ admin, name }: { admin: string; name: string }) {
  const notify = useNotify();
  const [isBusy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    const result = await endActingAction();
    if (result.ok) return window.location.assign("/admin/apis");
    setBusy(false);
    notify.error(result.problem.message);
  };
  return (
    <Alert
      severity="warning"
      sx={{ mb: 3, alignItems: "center" }}
      action={
        <Button color="inherit" loading={isBusy} onClick={() => void end()}>
          Stop
        </Button>
      }
    >
      {admin}, you act on behalf of <strong>{name}</strong>. Everything you do is recorded with your name.
    </Alert>
  );
}
