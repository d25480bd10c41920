"use client";

import SendIcon from "@mui/icons-material/Send";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useRefusal } from "@/components/ui/when-permitted.tsx";
import type { FormProblem } from "@/lib/model/action-result.ts";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { Operation } from "@/lib/model/operation.ts";
import type { TryOutAnswer } from "@/lib/model/try-out.ts";
import { AnswerView } from "./answer-view.tsx";
import { CodeSampleView } from "./code-sample-view.tsx";
import { manyAtOnce, manyCount, type OneResult, oneResult } from "./many-results.ts";
import { SendMany } from "./send-many.tsx";
import { draftProblems, isIdempotent, requestOf, type TryOutDraft } from "./try-out-draft.ts";
import { TryOutForm } from "./try-out-form.tsx";
import { type Tried, TryOutHistory } from "./try-out-history.tsx";
import { sendTryOut, useAbortable } from "./use-sender.ts";

type TryOutPanelProps = {
  apiId: string;
  /** Where the API answers at the gateway, without a slash at its end. */
  url: string;
  basePath: string;
  /** What consumers show, with a place for it; undefined: nothing. */
  credential: { name: string; value: string } | undefined;
  isServed: boolean;
  keyTypes: readonly KeyType[];
  operations: readonly Operation[];
  initial: TryOutDraft;
};

/** Tries of this tab that can be gone back to. */
const keptTries = 20;

type Shown = { kind: "answer"; answer: TryOutAnswer } | { kind: "many"; results: readonly OneResult[] };

/** Composes a request, sends it through the gateway once or many times, and shows what came of it. */
export function TryOutPanel(props: TryOutPanelProps) {
  const { apiId, url, basePath, credential, isServed, keyTypes, operations, initial } = props;
  const refusal = useRefusal();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [message, setMessage] = useState<string>();
  const [shown, setShown] = useState<Shown>();
  const [tries, setTries] = useState<readonly Tried[]>([]);
  const [asksForMany, setAsksForMany] = useState(false);
  const { isRunning, run, abort } = useAbortable();
  const request = requestOf(draft);

  function change(next: TryOutDraft): void {
    setDraft(next);
    setProblems(new Map());
    setMessage(undefined);
  }

  /** Whether it can be sent; else what is wrong is shown. */
  function isSound(): boolean {
    const found = draftProblems(draft);
    setProblems(found);
    setMessage(undefined);
    return found.size === 0;
  }

  function tell({ message: words, items }: FormProblem): void {
    const at = new Map(items.map((item) => [item.path.split(".")[0] ?? "", item.message]));
    setProblems(at);
    setMessage(["path", "headers", "body"].some((field) => at.has(field)) ? undefined : words);
  }

  function send(): void {
    if (!isSound()) return;
    void run(async (signal) => {
      const reply = await sendTryOut(apiId, request, signal);
      if (!reply.ok) return tell(reply.problem);
      const answer = reply.value;
      setShown({ kind: "answer", answer });
      const id = (tries[0]?.id ?? 0) + 1;
      setTries(
        [{ id, draft, status: answer.kind === "answered" ? answer.status : undefined }, ...tries].slice(0, keptTries),
      );
    });
  }

  function sendMany(): void {
    setAsksForMany(false);
    if (!isSound()) return;
    void run(async (signal) => {
      const results: OneResult[] = [];
      setShown({ kind: "many", results });
      let next = 1;
      const lane = async () => {
        while (next <= manyCount) {
          const turn = next;
          next += 1;
          const reply = await sendTryOut(apiId, { ...request, headOnly: true }, signal);
          if (!reply.ok) {
            next = manyCount + 1;
            tell(reply.problem);
            return;
          }
          results.push(oneResult(turn, reply));
          setShown({ kind: "many", results: [...results] });
        }
      };
      await Promise.all(Array.from({ length: manyAtOnce }, lane));
    });
  }

  return (
    <Box
      sx={{
        display: "grid",
        gap: 3,
        gridTemplateColumns: { lg: "minmax(0, 1fr) minmax(0, 1fr)" },
        alignItems: "start",
      }}
    >
      <Card component="section" aria-label="Request" sx={{ p: 3, minWidth: 0 }}>
        <form
          noValidate
          aria-label="Request"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isRunning) send();
          }}
        >
          {!isServed && (
            <Alert severity="info" sx={{ mb: 2 }}>
              Gateways do not serve this API while it is not published.{" "}
              <Link href={`/apis/${apiId}/lifecycle`}>Publish it</Link> to try it out.
            </Alert>
          )}
          <TryOutForm {...{ draft, operations, keyTypes, basePath, problems }} onChange={change} />
          {message !== undefined && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {message}
            </Alert>
          )}
          <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 3 }}>
            <Button
              type="submit"
              variant="contained"
              startIcon={<SendIcon />}
              loading={isRunning && shown?.kind !== "many"}
              disabled={!isServed || refusal !== undefined || isRunning}
            >
              Send
            </Button>
            <Button
              disabled={!isServed || refusal !== undefined || isRunning}
              onClick={() => (isIdempotent(draft.method) ? sendMany() : setAsksForMany(true))}
            >
              Send {manyCount}
            </Button>
            {isRunning && shown?.kind !== "many" && (
              <Button color="inherit" onClick={abort}>
                Give up
              </Button>
            )}
          </Box>
        </form>
        <Box sx={{ mt: 3 }}>
          <CodeSampleView url={url} request={request} credential={credential} />
        </Box>
        <TryOutHistory tries={tries} onChoose={(tried) => change(tried.draft)} />
      </Card>
      <Card component="section" aria-label="Answer" aria-live="polite" sx={{ p: 3, minWidth: 0 }}>
        {shown === undefined && (
          <Typography color="textSecondary">
            The answer will be here: its status, whose time it took, which endpoint gave it, headers and body.
          </Typography>
        )}
        {shown?.kind === "answer" && <AnswerView apiId={apiId} answer={shown.answer} />}
        {shown?.kind === "many" && <SendMany results={shown.results} isRunning={isRunning} onAbort={abort} />}
      </Card>
      <ConfirmDialog
        open={asksForMany}
        title={`Send ${draft.method} ${manyCount} times?`}
        confirmLabel={`Send ${manyCount}`}
        onCancel={() => setAsksForMany(false)}
        onConfirm={sendMany}
      >
        The endpoints may do each time what they do once: {manyCount} orders instead of one.
      </ConfirmDialog>
    </Box>
  );
}
