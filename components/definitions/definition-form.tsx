"use client";

import Alert from "@mui/material/Alert";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { CommentField } from "@/components/history/comment-field.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import { useRefusal } from "@/components/ui/when-permitted.tsx";
import type { DefinitionReplacement } from "@/lib/model/definition-answer.ts";
import type { DefinitionProblem } from "@/lib/model/definition-report.ts";
import { replaceDefinition, validateDefinition } from "./definition-requests.ts";
import { ProblemList } from "./problem-list.tsx";
import { ReplacementDialog } from "./replacement-dialog.tsx";

const DefinitionEditor = dynamic(() => import("./definition-editor.tsx"), {
  ssr: false,
  loading: () => <Skeleton variant="rounded" height={420} role="status" aria-label="The editor is loading" />,
});

/** How long after the last key a document is checked. */
const checkDelayMs = 700;
/** Larger ones are checked when they are saved: each check sends all of it. */
const mostCheckedLength = 1_000_000;

type DefinitionFormProps = {
  apiId: string;
  revision: number;
  stored: string;
  /** Another document that was imported into the editor, and is not saved yet. */
  picked: string | undefined;
};

/** The editor of an API's document. Saving shows first what becomes of the operations. */
export function DefinitionForm({ apiId, revision, stored, picked }: DefinitionFormProps) {
  const router = useRouter();
  const notify = useNotify();
  const readOnly = useRefusal() !== undefined;
  const [text, setText] = useState(stored);
  const [base, setBase] = useState(stored);
  const [comment, setComment] = useState("");
  const [problems, setProblems] = useState<readonly DefinitionProblem[]>([]);
  const [target, setTarget] = useState<DefinitionProblem>();
  const [message, setMessage] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const [planned, setPlanned] = useState<DefinitionReplacement>();
  const isDirty = text !== base;

  // Another stored document is taken over as long as nothing was typed, and is what CANCEL returns to in any case.
  const [seen, setSeen] = useState(stored);
  if (stored !== seen) {
    setSeen(stored);
    setBase(stored);
    if (!isDirty) setText(stored);
  }
  const [taken, setTaken] = useState(picked);
  if (picked !== taken) {
    setTaken(picked);
    if (picked !== undefined) setText(picked);
  }

  useEffect(() => {
    if (!isDirty || text.length > mostCheckedLength) {
      if (!isDirty) setProblems([]);
      return;
    }
    const stopping = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await validateDefinition({ kind: "text", text }, { signal: stopping.signal });
      if (!stopping.signal.aborted && answer.ok) setProblems(answer.value.errors);
    }, checkDelayMs);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [text, isDirty]);

  async function plan(event: FormEvent): Promise<void> {
    event.preventDefault();
    setMessage(undefined);
    setSaving(true);
    const checked = await validateDefinition({ kind: "text", text });
    if (checked.ok && !checked.value.isValid) {
      setSaving(false);
      setProblems(checked.value.errors);
      setTarget(checked.value.errors[0] && { ...checked.value.errors[0] });
      return setMessage("Not saved: the document has mistakes.");
    }
    const answer = checked.ok ? await replaceDefinition(apiId, text, { revision, comment, dryRun: true }) : checked;
    setSaving(false);
    if (answer.ok) setPlanned(answer.value);
    else setMessage(answer.problem.message);
  }

  async function save(): Promise<void> {
    setSaving(true);
    const answer = await replaceDefinition(apiId, text, { revision, comment, dryRun: false });
    setSaving(false);
    setPlanned(undefined);
    if (!answer.ok) {
      setMessage(answer.problem.message);
      // Its newest revision comes in, against which what was typed can be saved.
      if (answer.problem.kind === "stale") router.refresh();
      return;
    }
    setBase(text);
    setComment("");
    notify.success("Saved.");
    router.refresh();
  }

  return (
    <form noValidate onSubmit={plan} aria-label="API Definition">
      <UnsavedChangesGuard dirty={isDirty} />
      <DefinitionEditor
        value={text}
        syntax={/^\s*[{[]/.test(text) ? "json" : "yaml"}
        readOnly={readOnly}
        problems={problems}
        target={target}
        onChange={setText}
      />
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }} role="status">
        {statusWords(text, isDirty, problems.length)}
      </Typography>
      {message && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {message}
        </Alert>
      )}
      <ProblemList problems={problems} onShow={(problem) => setTarget({ ...problem })} />
      <FormActions dirty={isDirty} saving={isSaving} onCancel={() => setText(base)}>
        <CommentField value={comment} onChange={setComment} />
      </FormActions>
      {planned && (
        <ReplacementDialog
          replacement={planned}
          busy={isSaving}
          onCancel={() => setPlanned(undefined)}
          onConfirm={save}
        />
      )}
    </form>
  );
}

function statusWords(text: string, isDirty: boolean, problems: number): string {
  const lines = `${text.split("\n").length.toLocaleString("en-US")} lines`;
  if (!isDirty) return lines;
  if (text.length > mostCheckedLength) return `${lines}. So long a document is checked when it is saved.`;
  return problems === 0 ? lines : `${lines}, ${problems} ${problems === 1 ? "problem" : "problems"}`;
}
