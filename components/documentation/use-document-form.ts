import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useFieldProblems } from "@/components/certificates/use-field-problems.ts";
import { useNotify } from "@/components/ui/notify.tsx";
import type { ActionResult } from "@/lib/model/action-result.ts";
import { type Documentation, documentationSchema, type NewDocumentation } from "@/lib/model/documentation.ts";
import { problemOfIssues } from "@/lib/model/parse-input.ts";
import { createDocumentationAction, updateDocumentationAction } from "@/lib/server/actions/documentation-actions.ts";

/** What the form holds: the fields of both kinds, so that choosing the other kind and back loses nothing. */
type DocumentValues = {
  name: string;
  type: Documentation["type"];
  otherTypeName: string;
  summary: string;
  sourceType: Documentation["sourceType"];
  inlineContent: string;
  sourceUrl: string;
};

const empty: DocumentValues = {
  ...{ name: "", type: "HOWTO", otherTypeName: "", summary: "" },
  ...{ sourceType: "MARKDOWN", inlineContent: "", sourceUrl: "" },
};

/**
 * A document that is being written, saved over the revision that it was read at. When somebody else saved in between, the
 * newest one is fetched, and the person decides.
 */
export function useDocumentForm(apiId: string, document: Documentation | undefined) {
  const router = useRouter();
  const notify = useNotify();
  const [base, setBase] = useState(document);
  const [values, setValues] = useState(() => valuesOf(document));
  const [staleMessage, setStaleMessage] = useState<string>();
  const [isSaving, startSaving] = useTransition();
  const [isRefreshing, startRefresh] = useTransition();
  const { problems, form, show, forget } = useFieldProblems(Object.keys(empty));
  const list = `/apis/${apiId}/documents`;

  function change<Field extends keyof DocumentValues>(field: Field, value: DocumentValues[Field]): void {
    setValues((now) => ({ ...now, [field]: value }));
    forget(field);
  }

  function save(): void {
    const input = inputOf(values);
    const parsed = documentationSchema.safeParse(input);
    if (!parsed.success) {
      show(problemOfIssues(parsed.error.issues));
      return;
    }
    startSaving(async () => {
      const result = await store(input);
      if (result.ok) {
        notify.success("Saved.");
        router.push(`${list}/${result.value.id}`);
      } else if (result.problem.kind === "stale") {
        setStaleMessage(result.problem.message);
        startRefresh(() => router.refresh());
      } else {
        show(result.problem);
        notify.error(result.problem.message);
      }
    });
  }

  async function store(input: NewDocumentation): Promise<ActionResult<Documentation>> {
    return base
      ? updateDocumentationAction(apiId, base.id, input, base.revision)
      : createDocumentationAction(apiId, input);
  }

  function settle(newest: Documentation | undefined, takeTheirs: boolean): void {
    setStaleMessage(undefined);
    setBase(newest);
    if (takeTheirs) setValues(valuesOf(newest));
  }

  return {
    ...{ values, change, isSaving, save },
    ...{ problems, formProblem: form },
    isDirty: JSON.stringify(values) !== JSON.stringify(valuesOf(base)),
    cancel: () => router.push(base ? `${list}/${base.id}` : list),
    stale:
      staleMessage === undefined || isRefreshing
        ? undefined
        : {
            message: staleMessage,
            keep: () => settle(document, false),
            discard: () => settle(document, true),
          },
  };
}

function valuesOf(document: Documentation | undefined): DocumentValues {
  if (!document) return empty;
  const { name, type, otherTypeName, summary } = document;
  const written = { ...empty, name, type, otherTypeName, summary };
  return document.sourceType === "URL"
    ? { ...written, sourceType: "URL", sourceUrl: document.sourceUrl }
    : { ...written, sourceType: "MARKDOWN", inlineContent: document.inlineContent };
}

function inputOf({ name, type, otherTypeName, summary, ...source }: DocumentValues): NewDocumentation {
  const common = { name, type, otherTypeName, summary };
  return source.sourceType === "URL"
    ? { ...common, sourceType: "URL", sourceUrl: source.sourceUrl }
    : { ...common, sourceType: "MARKDOWN", inlineContent: source.inlineContent };
}
