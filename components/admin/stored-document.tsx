import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import type { ProblemItem } from "@/lib/model/problem.ts";
import { JsonView } from "./json-view.tsx";

type StoredDocumentProps = {
  /** Absent when the stored document is not valid. */
  json: string | undefined;
  problems: readonly ProblemItem[];
};

/** The document as it lies in the database, without secrets. */
export function StoredDocument({ json, problems }: StoredDocumentProps) {
  return (
    <Stack sx={{ gap: 1.5, alignItems: "stretch" }}>
      {problems.length > 0 && (
        <Alert severity="error">
          Gateways cannot take this document:
          <ul>
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <code>{path}</code>: {message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {json !== undefined && (
        <Box sx={{ position: "relative" }}>
          <JsonView label="Stored document" text={json} />
          <Box sx={{ position: "absolute", top: 8, right: 20 }}>
            <CopyButton label="Copy document" value={json} />
          </Box>
        </Box>
      )}
    </Stack>
  );
}
