"use client";

import Alert from "@mui/material/Alert";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import MenuItem from "@mui/material/MenuItem";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useId, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { FormActions } from "@/components/ui/form-actions.tsx";
import { UnsavedChangesGuard } from "@/components/ui/unsaved-changes-guard.tsx";
import { type Documentation, documentSources, documentTypes } from "@/lib/model/documentation.ts";
import { documentTypeWords } from "./document-type-words.ts";
import { MarkdownField } from "./markdown-field.tsx";
import { useDocumentForm } from "./use-document-form.ts";

type DocumentFormProps = {
  apiId: string;
  /** The one that is changed; absent: a new one. */
  document?: Documentation;
};

const sourceWords = { MARKDOWN: "Written here, in Markdown", URL: "Elsewhere, at an address" } as const;

/** What a document is called, what it is for, and what it says. */
export function DocumentForm({ apiId, document }: DocumentFormProps) {
  const { values, change, problems, formProblem, isDirty, isSaving, save, cancel, stale } = useDocumentForm(
    apiId,
    document,
  );
  const [isLeaving, setLeaving] = useState(false);
  const sourceId = useId();
  return (
    <form
      noValidate
      aria-label="Document"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSaving) save();
      }}
    >
      <UnsavedChangesGuard dirty={isDirty && !isSaving} />
      <Stack sx={{ gap: 3 }}>
        {formProblem !== undefined && <Alert severity="error">{formProblem}</Alert>}
        <Stack direction={{ xs: "column", sm: "row" }} sx={{ gap: 2 }}>
          <TextField
            label="Name"
            required
            fullWidth
            value={values.name}
            onChange={(event) => change("name", event.target.value)}
            error={problems.name !== undefined}
            helperText={problems.name}
          />
          <TextField
            select
            label="Type"
            value={values.type}
            onChange={(event) => {
              const type = documentTypes.find((known) => known === event.target.value);
              if (type) change("type", type);
            }}
            sx={{ minWidth: 180 }}
          >
            {documentTypes.map((type) => (
              <MenuItem key={type} value={type}>
                {documentTypeWords[type]}
              </MenuItem>
            ))}
          </TextField>
          {values.type === "OTHER" && (
            <TextField
              label="Name of the type"
              value={values.otherTypeName}
              onChange={(event) => change("otherTypeName", event.target.value)}
              error={problems.otherTypeName !== undefined}
              helperText={problems.otherTypeName}
              sx={{ minWidth: 180 }}
            />
          )}
        </Stack>
        <TextField
          label="Summary"
          fullWidth
          value={values.summary}
          onChange={(event) => change("summary", event.target.value)}
          error={problems.summary !== undefined}
          helperText={problems.summary ?? "One line for the list of documents."}
        />
        <FormControl>
          <FormLabel id={sourceId}>Where it is</FormLabel>
          <RadioGroup
            row
            aria-labelledby={sourceId}
            value={values.sourceType}
            onChange={(_, value) => change("sourceType", value === "URL" ? "URL" : "MARKDOWN")}
          >
            {documentSources.map((source) => (
              <FormControlLabel key={source} value={source} control={<Radio />} label={sourceWords[source]} />
            ))}
          </RadioGroup>
        </FormControl>
        {values.sourceType === "URL" ? (
          <TextField
            label="Address"
            required
            fullWidth
            placeholder="https://docs.example.com/orders"
            value={values.sourceUrl}
            onChange={(event) => change("sourceUrl", event.target.value)}
            error={problems.sourceUrl !== undefined}
            helperText={problems.sourceUrl}
          />
        ) : (
          <MarkdownField
            value={values.inlineContent}
            error={problems.inlineContent}
            onChange={(text) => change("inlineContent", text)}
          />
        )}
      </Stack>
      <FormActions
        dirty={isDirty || document === undefined}
        saving={isSaving}
        onCancel={() => (isDirty ? setLeaving(true) : cancel())}
      />
      <ConfirmDialog
        open={isLeaving}
        title="Leave without saving?"
        confirmLabel="Leave"
        cancelLabel="Stay"
        destructive
        onCancel={() => setLeaving(false)}
        onConfirm={cancel}
      >
        What you wrote is not saved yet. If you leave, it is lost.
      </ConfirmDialog>
      <ConfirmDialog
        open={stale !== undefined}
        title="Somebody else saved this document"
        confirmLabel="Take theirs"
        cancelLabel="Keep mine"
        destructive
        onCancel={() => stale?.keep()}
        onConfirm={() => stale?.discard()}
      >
        {stale?.message} Keep what you wrote, and your next save puts it over theirs; or take theirs, and what you wrote
        is gone.
      </ConfirmDialog>
    </form>
  );
}
