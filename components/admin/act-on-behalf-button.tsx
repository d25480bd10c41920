"use client";

import Button from "@mui/material/Button";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { beginActingAction } from "@/lib/server/actions/acting-actions.ts";

/** Begins to act with a person's rights, and goes to `href` then. */
export function ActOnBehalfButton({ userId, name, href }: { userId: string; name: string; href: string }) {
  const notify = useNotify();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const begin = async () => {
    setBusy(true);
    const result = await beginActingAction(userId);
    // Everything on the page was drawn for somebody else.
    if (result.ok) return window.location.assign(href);
    setBusy(false);
    setAsked(false);
    notify.error(result.problem.message);
  };
  return (
    <>
      <Button variant="outlined" onClick={() => setAsked(true)}>
        Act on behalf of {name}
      </Button>
      <ConfirmDialog
        open={isAsked}
        title={`Act on behalf of ${name}?`}
        confirmLabel="Begin"
        busy={isBusy}
        onCancel={() => setAsked(false)}
        onConfirm={() => void begin()}
      >
        For an hour at most you have the rights of {name} instead of yours. Whatever you do is recorded with your name
        and theirs. Password, tokens and sessions stay out of reach.
      </ConfirmDialog>
    </>
  );
}
