"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { useSchedule } from "@/components/publishing/use-schedule.ts";
import { useNotify } from "@/components/ui/notify.tsx";
import type { FormProblem } from "@/lib/model/action-result.ts";
import type { Api } from "@/lib/model/api.ts";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import { updateApiAction } from "@/lib/server/actions/update-api-action.ts";

type SaveHandlers = {
  isDirty: boolean;
  /** The form becomes what is stored. */
  onStored: (api: Api) => void;
  /** The form keeps what was typed and takes everything else from what is stored. */
  onRebased: (api: Api) => void;
  /** Shows what was wrong at its field. */
  onInvalid: (items: readonly ProblemItem[]) => void;
};

/**
 * Somebody else saved first: their message as the server tells it, what the form was filled from, what they made of it, and
 * the two ways on.
 */
export type StaleSave = { message: string; before: Api; after: Api; keep: () => void; discard: () => void };

/**
 * Saves a part of an API against the revision that the form was filled from. When somebody else saved in between, the
 * newest document is fetched, told apart from the one the form began with, and the person decides.
 */
export function useSaveApi(api: Api, { isDirty, onStored, onRebased, onInvalid }: SaveHandlers) {
  const router = useRouter();
  const notify = useNotify();
  const [base, setBase] = useState(api);
  const [comment, setComment] = useState("");
  const [staleMessage, setStaleMessage] = useState<string>();
  const [isRefreshing, startRefresh] = useTransition();

  // A change from elsewhere, such as a lifecycle button, is taken over as long as nothing was typed.
  useEffect(() => {
    if (isDirty || api.revision <= base.revision) return;
    setBase(api);
    onStored(api);
  }, [api, base.revision, isDirty, onStored]);

  async function save(changes: ApiChanges): Promise<void> {
    const result = await updateApiAction(api.id, changes, base.revision, comment);
    if (result.ok) {
      setComment("");
      setBase(result.value);
      onStored(result.value);
      notify.success("Saved.");
      startRefresh(() => router.refresh());
      return;
    }
    tell(result.problem);
  }

  function tell({ kind, message, items }: FormProblem): void {
    if (kind === "stale") {
      setStaleMessage(message);
      startRefresh(() => router.refresh());
    } else {
      onInvalid(items);
      notify.error(message);
    }
  }

  const scheduleChange = useSchedule(api.id, {
    onScheduled: () => {
      setComment("");
      onStored(base);
    },
    onProblem: tell,
  });

  function settle(apply: (newest: Api) => void): () => void {
    return () => {
      setStaleMessage(undefined);
      setBase(api);
      apply(api);
    };
  }

  const stale: StaleSave | undefined =
    staleMessage === undefined || isRefreshing
      ? undefined
      : {
          message: staleMessage,
          before: base,
          after: api,
          keep: settle(onRebased),
          discard: settle(onStored),
        };
  return {
    save,
    schedule: (changes: ApiChanges, time: ScheduleTime) => scheduleChange(changes, base.revision, time),
    stale,
    comment: { value: comment, onChange: setComment },
  };
}
