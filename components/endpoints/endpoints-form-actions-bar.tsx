"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommentField, type CommentFieldProps } from "@/components/history/comment-field.tsx";
import { ScheduleMenu } from "@/components/publishing/schedule-menu.tsx";
import type { ScheduleOutcome } from "@/components/publishing/schedule-outcome.ts";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import { type GatewayProgress, gatewayProgressText } from "./gateway-progress.ts";
import type { useEndpointsDraft } from "./use-endpoints-draft.ts";

type EndpointsFormActionsBarProps = {
  apiId: string;
  form: ReturnType<typeof useEndpointsDraft>;
  isSaving: boolean;
  progress: GatewayProgress | undefined;
  comment: CommentFieldProps;
  onSchedule: (time: ScheduleTime) => Promise<ScheduleOutcome>;
};

/** SAVE, CANCEL, Reset, and what became of the last save. */
export function EndpointsFormActionsBar({
  apiId,
  form,
  isSaving,
  progress,
  comment,
  onSchedule,
}: EndpointsFormActionsBarProps) {
  const router = useRouter();
  const notify = useNotify();
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => router.push(`/apis/${apiId}/overview`);
  const { base, draft } = form;

  function reset(): void {
    form.change({ type: "replace", draft: base.draft });
    form.settle();
    notify.info("The form shows what is stored.", { undo: () => form.change({ type: "replace", draft }) });
  }

  return (
    <>
      <FormActions
        dirty={form.isDirty}
        saving={isSaving}
        onCancel={() => (form.isDirty ? setLeaving(true) : leave())}
        onReset={reset}
        menu={<ScheduleMenu disabled={!form.isDirty || isSaving} comment={comment.value} onSchedule={onSchedule} />}
        status={progress && !form.isDirty ? gatewayProgressText(progress) : undefined}
      >
        <CommentField {...comment} />
      </FormActions>
      <ConfirmDialog
        open={isLeaving}
        title="Leave without saving?"
        confirmLabel="Leave"
        cancelLabel="Stay"
        destructive
        onCancel={() => setLeaving(false)}
        onConfirm={leave}
      >
        What you changed on this page is not saved yet. If you leave, it is lost.
      </ConfirmDialog>
    </>
  );
}
