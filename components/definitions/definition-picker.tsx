"use client";

import UploadFileIcon from "@mui/icons-material/UploadFileOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import { type FormEvent, useRef, useState } from "react";
import { formatByteSize } from "@/lib/model/byte-size.ts";
import { maxDefinitionBytes } from "@/lib/model/definition.ts";
import type { DefinitionValidation } from "@/lib/model/definition-answer.ts";
import { type DefinitionSource, validateDefinition } from "./definition-requests.ts";
import { ProblemList } from "./problem-list.tsx";

/** A document that can be used: what it says, and its text. */
export type PickedDefinition = { info: NonNullable<DefinitionValidation["info"]>; text: string };

type DefinitionPickerProps = { onPicked: (picked: PickedDefinition) => void };

const kinds = [
  ["file", "File"],
  ["url", "URL"],
  ["text", "Paste"],
] as const;
type Kind = (typeof kinds)[number][0];

type Reading = { label: string; share: number | undefined };
type Failure = { message: string; problems: DefinitionValidation["errors"] };

/** Takes an OpenAPI document by file, URL or paste, and has it read: a good one is handed on, of another all mistakes are told. */
export function DefinitionPicker({ onPicked }: DefinitionPickerProps) {
  const [kind, setKind] = useState<Kind>("file");
  const [url, setUrl] = useState("");
  const [text, setText] = useState("");
  const [reading, setReading] = useState<Reading>();
  const [failure, setFailure] = useState<Failure>();

  async function read(source: DefinitionSource, label: string): Promise<void> {
    if (source.kind === "file" && source.file.size > maxDefinitionBytes) {
      const size = formatByteSize(source.file.size);
      setFailure({ message: `${label} has ${size}. An OpenAPI document has at most 10 MiB.`, problems: [] });
      return;
    }
    setFailure(undefined);
    setReading({ label, share: source.kind === "url" ? undefined : 0 });
    // What is sent completely is being read: how long that takes nobody knows.
    const onProgress = (share: number) => setReading({ label, share: share < 1 ? share : undefined });
    const answer = await validateDefinition(source, { onProgress });
    setReading(undefined);
    if (!answer.ok) return setFailure({ message: answer.problem.message, problems: [] });
    const { info, content, errors } = answer.value;
    if (info && content !== null) return onPicked({ info, text: content });
    setFailure({ message: `${label} cannot be imported yet.`, problems: errors });
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Of a form around this one it is no submit.
    event.stopPropagation();
    if (kind === "url" && url.trim() !== "") read({ kind, url: url.trim() }, url.trim());
    if (kind === "text" && text.trim() !== "") read({ kind, text }, "What you pasted");
  };
  const isBusy = reading !== undefined;
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2, maxWidth: 720 }}>
      <ToggleButtonGroup
        size="small"
        exclusive
        value={kind}
        disabled={isBusy}
        onChange={(_, next: Kind | null) => {
          if (!next) return;
          setKind(next);
          setFailure(undefined);
        }}
        aria-label="Where the document comes from"
      >
        {kinds.map(([value, label]) => (
          <ToggleButton key={value} value={value}>
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {kind === "file" && <FileField disabled={isBusy} onFile={(file) => read({ kind, file }, file.name)} />}
      {kind === "url" && (
        <TextField
          label="URL of the document"
          required
          value={url}
          disabled={isBusy}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="https://backend.example.com/openapi.yaml"
          helperText="Fetched by the publisher, without credentials of yours."
          slotProps={{ htmlInput: { className: "mono", inputMode: "url", spellCheck: false } }}
        />
      )}
      {kind === "text" && (
        <TextField
          label="OpenAPI document"
          required
          multiline
          minRows={10}
          maxRows={20}
          value={text}
          disabled={isBusy}
          onChange={(event) => setText(event.target.value)}
          helperText="YAML or JSON."
          slotProps={{ htmlInput: { className: "mono", spellCheck: false } }}
        />
      )}
      {kind !== "file" && (
        <Box>
          <Button
            type="submit"
            variant="contained"
            loading={isBusy}
            disabled={(kind === "url" ? url : text).trim() === ""}
          >
            Read document
          </Button>
        </Box>
      )}
      {reading && <ReadingLine {...reading} />}
      {failure && (
        <Alert severity="error" sx={{ alignItems: "flex-start" }}>
          {failure.message}
          <ProblemList problems={failure.problems} />
        </Alert>
      )}
    </Stack>
  );
}

type FileFieldProps = { disabled: boolean; onFile: (file: File) => void };

/** A place to drop a file at; its button chooses one, for those who do not drag. */
function FileField({ disabled, onFile }: FileFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      sx={{
        ...{ border: "1px dashed", borderColor: isOver ? "primary.main" : "divider", borderRadius: 2 },
        ...{ px: 3, py: 5, textAlign: "center", bgcolor: isOver ? "action.hover" : "background.paper" },
      }}
    >
      <UploadFileIcon color="action" sx={{ fontSize: 40 }} aria-hidden />
      <Typography sx={{ mt: 1 }}>Drop an OpenAPI document here, or</Typography>
      <Button variant="outlined" disabled={disabled} onClick={() => input.current?.click()} sx={{ mt: 1.5 }}>
        Choose file
      </Button>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1.5 }}>
        OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0; YAML or JSON; at most 10 MiB.
      </Typography>
      <input
        ref={input}
        type="file"
        hidden
        accept=".yaml,.yml,.json,application/json,application/yaml"
        aria-label="OpenAPI document"
        onChange={(event) => {
          take(event.target.files);
          // The same file once more, mended meanwhile, is a change too.
          event.target.value = "";
        }}
      />
    </Box>
  );
}

function ReadingLine({ label, share }: Reading) {
  const words = share === undefined ? `Reading ${label}` : `Sending ${label}: ${Math.round(share * 100)} %`;
  return (
    <Box>
      <Typography variant="body2" color="textSecondary" role="status" sx={{ mb: 0.5, overflowWrap: "anywhere" }}>
        {words}
      </Typography>
      <LinearProgress
        aria-label={words}
        {...(share === undefined ? {} : { variant: "determinate" as const, value: share * 100 })}
      />
    </Box>
  );
}
