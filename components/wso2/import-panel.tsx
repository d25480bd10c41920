"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useNotify } from "@/components/ui/notify.tsx";
import { ArchiveField } from "./archive-field.tsx";
import { ImportChoicesFields } from "./import-choices-fields.tsx";
import { ImportReportView } from "./import-report-view.tsx";
import { type ImportAnswer, type ImportChoices, noChoices, sendArchive } from "./send-archive.ts";

type Step = { file: File; choices: ImportChoices; answer: ImportAnswer };

/** Import from WSO2: an archive, what would become of it, and only then the import. */
export function ImportPanel() {
  const router = useRouter();
  const notify = useNotify();
  const [step, setStep] = useState<Step>();
  const [message, setMessage] = useState<string>();
  const [busy, setBusy] = useState<"reading" | "importing">();
  // A later question makes the answer to an earlier one worthless.
  const asked = useRef(0);

  const ask = async (file: File, choices: ImportChoices) => {
    const turn = ++asked.current;
    setBusy("reading");
    setMessage(undefined);
    try {
      const answer = await sendArchive(file, choices, true);
      if (turn === asked.current) setStep({ file, choices, answer });
    } catch (error) {
      if (turn === asked.current) setMessage(error instanceof Error ? error.message : String(error));
    } finally {
      if (turn === asked.current) setBusy(undefined);
    }
  };

  const importNow = async ({ file, choices }: Step) => {
    setBusy("importing");
    setMessage(undefined);
    try {
      const { id, name, version, action } = await sendArchive(file, choices, false);
      notify.success(`${name} ${version} is ${action === "update" ? "replaced" : "imported"}.`);
      router.refresh();
      router.push(`/apis/${id}/overview`);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
      setBusy(undefined);
    }
  };

  const startOver = () => {
    asked.current += 1;
    setStep(undefined);
    setMessage(undefined);
    setBusy(undefined);
  };

  return (
    <Box sx={{ display: "grid", gap: 3, maxWidth: 960 }}>
      {message && <Alert severity="error">{message}</Alert>}
      {!step && <ArchiveField isReading={busy === "reading"} onChoose={(file) => ask(file, noChoices)} />}
      {step && (
        <>
          <Verdict step={step} />
          <Card component="section" aria-labelledby="import-as" sx={{ p: 2.5 }}>
            <Typography id="import-as" variant="h6" component="h2" sx={{ mb: 2 }}>
              Import as
            </Typography>
            <ImportChoicesFields
              answer={step.answer}
              choices={step.choices}
              disabled={busy !== undefined}
              onChange={(choices) => ask(step.file, choices)}
            />
          </Card>
          <ImportReportView lines={step.answer.lines} />
          <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
            <Button
              variant="contained"
              loading={busy !== undefined}
              disabled={step.answer.action === "refused" || step.answer.action === "none"}
              onClick={() => importNow(step)}
            >
              {step.answer.action === "update" ? "Replace" : "Import"}
            </Button>
            <Button onClick={startOver} disabled={busy === "importing"}>
              Choose another archive
            </Button>
            <Button href="/apis">Cancel</Button>
          </Box>
        </>
      )}
      {!step && (
        <Box>
          <Button href="/apis">Cancel</Button>
        </Box>
      )}
    </Box>
  );
}

const tools = { "4.x": "a project of apictl 4.x", "3.x": "an export of API Manager 3.x or API Cloud" } as const;

/** What would happen, in a sentence; told again whenever a choice changes it. */
function Verdict({ step: { file, answer } }: { step: Step }) {
  const { action, form, name, version, message, errors, changes } = answer;
  const others = errors.filter(({ path }) => !["name", "version", "context"].includes(path));
  return (
    <Box role="status">
      {action === "refused" && (
        <Alert severity="error">
          {message}
          {others.length > 0 && errors.length > 1 && (
            <List items={others.map((each) => `${each.path}: ${each.message}`)} />
          )}
        </Alert>
      )}
      {action === "create" && (
        <Alert severity="info">
          {file.name} is {tools[form]}. It becomes {name} {version}; nothing is written yet.
        </Alert>
      )}
      {action === "update" && (
        <Alert severity="warning">
          {name} {version} is here already and is replaced. It changes:
          <List items={changes.map(({ subject, before, after }) => `${subject}: ${before ?? "—"} → ${after ?? "—"}`)} />
        </Alert>
      )}
      {action === "none" && (
        <Alert severity="success">
          Nothing to change: {name} {version} is here, and as {file.name} says.
        </Alert>
      )}
    </Box>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <Box component="ul" sx={{ m: 0, mt: 1, pl: 2.5, overflowWrap: "anywhere" }}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </Box>
  );
}
