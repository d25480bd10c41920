"use client";

import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { usePolled } from "@/components/gateways/use-polled.ts";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { ActionResult } from "@/lib/model/action-result.ts";
import type { GuardWatch } from "@/lib/model/guard.ts";
import { dismissWatchAction, keepWatchedChangeAction } from "@/lib/server/actions/end-watch-action.ts";
import { type GuardLive, guardLiveSchema } from "./guard-live-schema.ts";
import { WatchFigures } from "./watch-figures.tsx";
import { remainingWords, watchTitle } from "./watch-words.ts";

type GuardNoticeProps = { apiId: string; initial: GuardLive; canPublish: boolean };

/** What the guard has to say of an API's last change: on every page of it, until somebody puts it away. */
export function GuardNotice({ apiId, initial, canPublish }: GuardNoticeProps) {
  const router = useRouter();
  const { data } = usePolled(`/apis/${apiId}/guard/live`, guardLiveSchema, initial);
  const { watch } = data;
  const state = watch?.state;
  const shown = initial.watch?.state;
  // What was restored is what the page should show.
  useEffect(() => {
    if (state !== shown) router.refresh();
  }, [state, shown, router]);
  if (!watch || watch.dismissedBy !== null) return null;
  switch (watch.state) {
    case "watching":
      return <RunningWatch apiId={apiId} watch={watch} canPublish={canPublish} />;
    case "restored":
    case "unrestorable":
      return <FailedWatch apiId={apiId} watch={watch} canPublish={canPublish} />;
    case "passed":
    case "kept":
    case "superseded":
      return null;
  }
}

type WatchProps = { apiId: string; watch: GuardWatch; canPublish: boolean };

function RunningWatch({ apiId, watch, canPublish }: WatchProps) {
  const { isUnwatched, silentGateways } = watch;
  return (
    <Alert severity={isUnwatched ? "warning" : "info"} role="group" aria-label="Guarded publish" sx={{ mb: 3 }}>
      <AlertTitle>{watchTitle(watch)}</AlertTitle>
      {isUnwatched
        ? "No gateway is connected, so nothing is watched. The time stands still until one is back."
        : remainingWords(watch.remainingMs)}
      {silentGateways.length > 0 && (
        <Box sx={{ mt: 0.5 }}>
          Not heard of any more: {silentGateways.join(", ")}. What was counted there until then still counts.
        </Box>
      )}
      <WatchFigures figures={watch.figures} />
      <WatchButtons apiId={apiId} watch={watch} canPublish={canPublish} keepLabel="Keep it now" />
    </Alert>
  );
}

function FailedWatch({ apiId, watch, canPublish }: WatchProps) {
  return (
    <Alert severity="error" sx={{ mb: 3 }} aria-label="Guarded publish">
      <AlertTitle>{watchTitle(watch)}</AlertTitle>
      {watch.reason}
      <WatchFigures figures={watch.figures} />
      <WatchButtons apiId={apiId} watch={watch} canPublish={canPublish} keepLabel="Keep the new one anyway" />
    </Alert>
  );
}

function WatchButtons({ apiId, watch, canPublish, keepLabel }: WatchProps & { keepLabel: string }) {
  const router = useRouter();
  const notify = useNotify();
  const [isAsking, setAsking] = useState(false);
  const [isPending, startTransition] = useTransition();
  const { revision, baseRevision, restoredRevision } = watch;
  const isRestored = watch.state === "restored";

  const run = (action: () => Promise<ActionResult<void>>, done: string) =>
    startTransition(async () => {
      const result = await action();
      setAsking(false);
      if (result.ok) notify.success(done);
      else notify.error(result.problem.message);
      router.refresh();
    });

  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 1 }}>
      <Button
        component={NextLink}
        color="inherit"
        variant="outlined"
        size="small"
        prefetch={false}
        href={`/apis/${apiId}/history?from=${baseRevision}&to=${revision}#difference`}
      >
        What it changes
      </Button>
      {canPublish && (
        <Button color="inherit" variant="outlined" size="small" onClick={() => setAsking(true)}>
          {keepLabel}
        </Button>
      )}
      {canPublish && watch.state !== "watching" && (
        <Button
          color="inherit"
          variant="outlined"
          size="small"
          loading={isPending && !isAsking}
          onClick={() => run(() => dismissWatchAction(apiId, watch.id), "The message is put away.")}
        >
          Dismiss
        </Button>
      )}
      <ConfirmDialog
        open={isAsking}
        title={isRestored ? `Bring revision ${revision} back?` : `Keep revision ${revision}?`}
        confirmLabel={keepLabel}
        destructive={isRestored}
        busy={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => run(() => keepWatchedChangeAction(apiId, watch.id), `Revision ${revision} is kept.`)}
      >
        {isRestored
          ? `The change that was taken back goes live again, in place of revision ${restoredRevision ?? baseRevision}, and nobody watches it this time.`
          : "It stays live, and nothing takes it back any more whatever gateways count."}
      </ConfirmDialog>
    </Box>
  );
}
