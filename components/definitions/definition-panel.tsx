"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Skeleton from "@mui/material/Skeleton";
import { useState } from "react";
import useSWR from "swr";
import { PageHeader } from "@/components/ui/page-header.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { DefinitionReference } from "@/lib/model/definition.ts";
import { DefinitionForm } from "./definition-form.tsx";
import { DefinitionPicker } from "./definition-picker.tsx";

type DefinitionPanelProps = { apiId: string; revision: number; definition: DefinitionReference | null };

async function fetchText(path: string): Promise<string> {
  const response = await fetch(path, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok)
    throw new Error(response.status === 503 ? await response.text() : `The answer was ${response.status}.`);
  return response.text();
}

/** API Definition: the OpenAPI document of an API, to read, edit, replace and download. */
export function DefinitionPanel({ apiId, revision, definition }: DefinitionPanelProps) {
  const file = `/apis/${apiId}/definition/file`;
  const syntax = definition?.syntax ?? "yaml";
  // Another revision may have another document, and what is made of operations is another with each.
  const key = `${file}?syntax=${syntax}&of=${definition?.hash ?? revision}`;
  const { data, error, mutate } = useSWR<string, Error>(key, fetchText, {
    ...{ revalidateOnFocus: false, keepPreviousData: true },
  });
  const [isPicking, setPicking] = useState(false);
  const [picked, setPicked] = useState<string>();
  return (
    <>
      <PageHeader
        title="API Definition"
        description="The OpenAPI document of this API. Saving it makes its operations those of the document."
        actions={
          <>
            <WhenPermitted>
              <Button variant="outlined" onClick={() => setPicking(true)}>
                Import document
              </Button>
            </WhenPermitted>
            <Button href={`${file}?syntax=yaml`} component="a" download>
              Download YAML
            </Button>
            <Button href={`${file}?syntax=json`} component="a" download>
              Download JSON
            </Button>
          </>
        }
      />
      {definition === null && (
        <Alert severity="info" sx={{ mb: 2 }}>
          This API has no document of its own. This one is made from its operations; once it is saved, it is kept.
        </Alert>
      )}
      {error && (
        <Alert
          severity="error"
          action={
            <Button color="inherit" size="small" onClick={() => mutate()}>
              Try again
            </Button>
          }
        >
          The document could not be loaded. {error.message}
        </Alert>
      )}
      {data === undefined && !error && (
        <Skeleton variant="rounded" height={420} role="status" aria-label="The document is loading" />
      )}
      {data !== undefined && <DefinitionForm apiId={apiId} revision={revision} stored={data} picked={picked} />}
      <Dialog open={isPicking} onClose={() => setPicking(false)} maxWidth="md" aria-labelledby="import-title">
        <DialogTitle id="import-title">Import document</DialogTitle>
        <DialogContent>
          <DefinitionPicker
            onPicked={({ text }) => {
              setPicked(text);
              setPicking(false);
            }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setPicking(false)}>Close</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
