"use client";

import Alert from "@mui/material/Alert";
import Stack from "@mui/material/Stack";
import { useCallback, useMemo, useState } from "react";
import { StaleSaveDialog } from "@/components/api-settings/stale-save-dialog.tsx";
import { useSaveApi } from "@/components/api-settings/use-save-api.ts";
import { CommentField } from "@/components/history/comment-field.tsx";
import { ScheduleMenu } from "@/components/publishing/schedule-menu.tsx";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { Api } from "@/lib/model/api.ts";
import { isOpenApi } from "@/lib/model/caller-credential.ts";
import { isLive } from "@/lib/model/lifecycle.ts";
import type { Operation } from "@/lib/model/operation.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import type { RateTier } from "@/lib/model/rate-limit.ts";
import { AddOperations } from "./add-operations.tsx";
import { OnlyOperationsSwitch } from "./only-operations-switch.tsx";
import { OperationGroups } from "./operation-groups.tsx";
import { changesOf, draftOf, rebased, withOperation, withoutOperation, withRemoved } from "./operations-draft.ts";

/** Resources: the operations of an API, and whether anything else is served. */
export function ResourcesForm({ api, tiers }: { api: Api; tiers: readonly RateTier[] }) {
  const notify = useNotify();
  const [before, setBefore] = useState(() => draftOf(api));
  const [draft, setDraft] = useState(before);
  const [problems, setProblems] = useState<readonly ProblemItem[]>([]);
  const [asking, setAsking] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const changes = useMemo(() => changesOf(draft, before), [draft, before]);
  const isDirty = Object.keys(changes).length > 0;

  const begin = useCallback((stored: Api) => {
    setBefore(draftOf(stored));
    setDraft(draftOf(stored));
    setProblems([]);
  }, []);
  const { save, schedule, stale, comment } = useSaveApi(api, {
    isDirty,
    onStored: begin,
    onRebased: (stored) => {
      setDraft(rebased(draft, before, draftOf(stored)));
      setBefore(draftOf(stored));
    },
    onInvalid: setProblems,
  });
  const change = useCallback((changed: Operation) => setDraft((now) => withOperation(now, changed)), []);
  const remove = useCallback(
    (gone: Operation) => {
      const index = draft.operations.indexOf(gone);
      setDraft((now) => withoutOperation(now, gone));
      const undo = () => setDraft((now) => withRemoved(now, gone, index));
      notify.info(`${gone.method} ${gone.path} is removed once you save.`, { undo });
    },
    [draft.operations, notify],
  );
  async function saveNow(): Promise<void> {
    setAsking(false);
    setSaving(true);
    await save(changes);
    setSaving(false);
  }
  const narrows = draft.onlyOperations && !before.onlyOperations;
  return (
    <form
      noValidate
      aria-label="Resources"
      onSubmit={async (event) => {
        event.preventDefault();
        if (isSaving || !isDirty) return;
        if (narrows && isLive(api.lifecycleState)) setAsking(true);
        else await saveNow();
      }}
    >
      <UnsavedChangesGuard dirty={isDirty} />
      <Stack sx={{ gap: 2, maxWidth: 1100 }}>
        <OnlyOperationsSwitch
          checked={draft.onlyOperations}
          onChange={(onlyOperations) => setDraft({ ...draft, onlyOperations })}
        />
        {draft.onlyOperations && draft.operations.length === 0 && (
          <Alert severity="warning">There is no operation: every request would get 404.</Alert>
        )}
        {isOpenApi(api) && (
          <Alert severity="info">
            This API is open to everybody: no operation needs a key or a token, whatever is chosen here.
          </Alert>
        )}
        {problems.length > 0 && (
          <Alert severity="error">
            {problems.map(({ path, message }) => (
              <div key={path}>{problemText(path, message, draft.operations)}</div>
            ))}
          </Alert>
        )}
        <WhenPermitted>
          <AddOperations
            present={draft.operations}
            onAdd={(added) => setDraft({ ...draft, operations: [...draft.operations, ...added] })}
          />
        </WhenPermitted>
        {draft.operations.length === 0 ? (
          <EmptyState
            title="No operations yet"
            description="Add a path and its methods, or take them from an OpenAPI document under API Definition."
          />
        ) : (
          <OperationGroups operations={draft.operations} tiers={tiers} onChange={change} onRemove={remove} />
        )}
      </Stack>
      <FormActions
        dirty={isDirty}
        saving={isSaving}
        onCancel={() => {
          setDraft(before);
          setProblems([]);
        }}
        menu={
          <ScheduleMenu
            disabled={!isDirty || isSaving}
            comment={comment.value}
            onSchedule={(time) => schedule(changes, time)}
          />
        }
      >
        <CommentField {...comment} />
      </FormActions>
      <ConfirmDialog
        open={asking}
        title="Serve only these operations?"
        confirmLabel="Serve only these"
        destructive
        onCancel={() => setAsking(false)}
        onConfirm={saveNow}
      >
        {api.displayName} {api.version} is live. As soon as this is saved, gateways refuse everything that is not among
        its {draft.operations.length.toLocaleString("en-US")} operations.
      </ConfirmDialog>
      {stale && <StaleSaveDialog stale={stale} />}
    </form>
  );
}

/** What is wrong, with the operation that it is about. */
function problemText(path: string, message: string, operations: readonly Operation[]): string {
  const index = /^operations\.(\d+)/.exec(path)?.[1];
  const operation = index === undefined ? undefined : operations[Number(index)];
  return operation ? `${operation.method} ${operation.path}: ${message}` : message;
}
