"use client";

import Button from "@mui/material/Button";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { deploySampleApiAction } from "@/lib/server/actions/deploy-sample-api-action.ts";

/** Creates and publishes the sample API, and goes to it. */
export function DeploySampleButton() {
  const router = useRouter();
  const notify = useNotify();
  const [isPending, startTransition] = useTransition();
  const deploy = () =>
    startTransition(async () => {
      const result = await deploySampleApiAction();
      if (!result.ok) return notify.error(result.problem.message);
      notify.success("PizzaShackAPI is published.");
      router.push(`/apis/${result.value.id}/overview`);
    });
  return (
    <Button variant="outlined" loading={isPending} onClick={deploy}>
      Deploy sample API
    </Button>
  );
}
