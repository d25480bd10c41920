"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { useSchedule } from "@/components/publishing/use-schedule.ts";
import { useNotify } from "@/components/ui/notify.tsx";
import type { FormProblem } from "@/lib/model/action-result.ts";
import type { Api, ApiDocument } from "@/lib/model/api.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import { updateApiAction } from "@/lib/server/actions/update-api-action.ts";
import { mergeDrafts } from "./draft-merge.ts";
import { configFromDraft } from "./endpoints-draft.ts";
import { formBase, type useEndpointsDraft } from "./use-endpoints-draft.ts";

type Form = ReturnType<typeof useEndpointsDraft>;

/** A save that was refused because somebody else saved first, and the ways out of it. */
export type StaleSave = {
  /** Who saved, and what. */
  message: string;
  /** What the form was filled from. */
  before: ApiDocument;
  theirs: ApiDocument;
  /** Theirs with mine put on top, as saving would store it. */
  merged: ApiDocument;
  keepMine: () => void;
  loadTheirs: () => void;
  close: () => void;
};

/**
 * Saves the form against the revision that it was filled from. Who comes second is told what changed meanwhile; their
 * edits are merged with it or set aside, as they decide.
 *
 * @param api the newest document that this page has heard of
 */
export function useSaveEndpoints(api: Api, form: Form, onSaved: (api: Api, pressedAtMs: number) => void) {
  const router = useRouter();
  const notify = useNotify();
  const { base, draft, isDirty, rebase } = form;
  const [comment, setComment] = useState("");
  const [staleMessage, setStaleMessage] = useState<string>();
  const [isSaving, startSaving] = useTransition();
  const [isRefreshing, startRefresh] = useTransition();

  // A change from elsewhere, such as a lifecycle button, is taken over as long as nothing was typed.
  useEffect(() => {
    if (!isDirty && api.revision > base.api.revision) rebase(formBase(api), base.draft);
  }, [api, base, isDirty, rebase]);

  function save(): void {
    const pressedAtMs = performance.now();
    startSaving(async () => {
      const result = await savedConfig(base.api, draft, comment);
      if (result.ok) {
        rebase(formBase(result.value), draft);
        form.settle();
        setComment("");
        onSaved(result.value, pressedAtMs);
        return;
      }
      tell(result.problem);
    });
  }

  function tell({ kind, message, items }: FormProblem): void {
    if (kind === "stale") {
      setStaleMessage(message);
      startRefresh(() => router.refresh());
    } else {
      form.complain(itemsInConfig(items));
      notify.error(message);
    }
  }

  const scheduleChange = useSchedule(api.id, {
    onScheduled: () => {
      form.change({ type: "replace", draft: base.draft });
      form.settle();
      setComment("");
    },
    onProblem: tell,
  });

  function staleSave(message: string): StaleSave {
    const theirs = formBase(api);
    const merged = mergeDrafts(base.draft, theirs.draft, draft);
    const close = () => setStaleMessage(undefined);
    return {
      message,
      before: base.api,
      theirs: api,
      merged: { ...api, endpointConfig: configFromDraft(merged) },
      close,
      keepMine: () => {
        close();
        rebase(theirs, base.draft);
      },
      loadTheirs: () => {
        close();
        rebase(theirs, draft);
        const undo = () => form.change({ type: "replace", draft: merged });
        notify.info("This is what is stored now. Your edits are set aside.", { undo });
      },
    };
  }

  const stale = staleMessage === undefined || isRefreshing ? undefined : staleSave(staleMessage);
  return {
    save,
    schedule: (time: ScheduleTime) =>
      scheduleChange({ endpointConfig: configFromDraft(draft) }, base.api.revision, time),
    isSaving: isSaving || (staleMessage !== undefined && isRefreshing),
    stale,
    comment: { value: comment, onChange: setComment },
  };
}

async function savedConfig(api: Api, draft: Form["draft"], comment: string): ReturnType<typeof updateApiAction> {
  try {
    return await updateApiAction(api.id, { endpointConfig: configFromDraft(draft) }, api.revision, comment);
  } catch {
    const message = "The publisher could not be reached, so nothing was saved. What you typed is still here.";
    return { ok: false, problem: { kind: "unexpected", message, items: [] } };
  }
}

/** The items about the endpoints, with paths inside their configuration. */
function itemsInConfig(items: readonly ProblemItem[]): ProblemItem[] {
  return items.map(({ path, message }) => ({ path: path.replace(/^endpointConfig\.?/, ""), message }));
}
