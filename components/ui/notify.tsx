"use client";

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Snackbar from "@mui/material/Snackbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

type Severity = "success" | "info" | "error";
type Message = { key: number; severity: Severity; text: string; undo: (() => void) | undefined };
type Options = { undo?: () => void };

/** Says what happened, at the edge of the screen. With `undo`, offers to take it back. */
export type Notify = Record<Severity, (text: string, options?: Options) => void>;

const NotifyContext = createContext<Notify | undefined>(undefined);

const shownMs = { success: 4_000, info: 6_000, error: 10_000 } as const;

/** Shows one message at a time, the newest. */
export function NotifyProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState<Message>();
  const [isOpen, setOpen] = useState(false);
  const show = useCallback((severity: Severity, text: string, options?: Options) => {
    setMessage((previous) => ({ key: (previous?.key ?? 0) + 1, severity, text, undo: options?.undo }));
    setOpen(true);
  }, []);
  const notify = useMemo<Notify>(
    () => ({
      success: (text, options) => show("success", text, options),
      info: (text, options) => show("info", text, options),
      error: (text, options) => show("error", text, options),
    }),
    [show],
  );
  const undo = message?.undo && (
    <Button
      color="inherit"
      size="small"
      onClick={() => {
        setOpen(false);
        message.undo?.();
      }}
    >
      Undo
    </Button>
  );
  return (
    <NotifyContext.Provider value={notify}>
      {children}
      <Snackbar
        key={message?.key}
        open={isOpen}
        autoHideDuration={message ? (message.undo ? 8_000 : shownMs[message.severity]) : null}
        onClose={(_event, reason) => reason !== "clickaway" && setOpen(false)}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        // Above SAVE and CANCEL, which stand at the bottom of a form.
        sx={{ bottom: { xs: 112, sm: 80 } }}
      >
        <Alert severity={message?.severity ?? "info"} variant="filled" onClose={() => setOpen(false)} action={undo}>
          {message?.text}
        </Alert>
      </Snackbar>
    </NotifyContext.Provider>
  );
}

export function useNotify(): Notify {
  const notify = useContext(NotifyContext);
  if (!notify) throw new Error("useNotify needs a NotifyProvider above it.");
  return notify;
}
