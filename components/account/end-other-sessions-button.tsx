"use client";

import Button from "@mui/material/Button";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { revokeOtherSessionsAction } from "@/lib/server/actions/revoke-other-sessions-action.ts";

/** Signs out everywhere but here. */
export function EndOtherSessionsButton() {
  const router = useRouter();
  const notify = useNotify();
  const [isPending, startTransition] = useTransition();
  const end = () =>
    startTransition(async () => {
      const result = await revokeOtherSessionsAction();
      if (result.ok) notify.success("You are signed out everywhere else.");
      else notify.error(result.problem.message);
      router.refresh();
    });
  return (
    <Button variant="outlined" color="error" loading={isPending} onClick={end} sx={{ mt: 1.5 }}>
      Sign out everywhere else
    </Button>
  );
}
