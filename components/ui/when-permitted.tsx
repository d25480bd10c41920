"use client";

import Alert from "@mui/material/Alert";
import { createContext, type ReactNode, use } from "react";

const RefusalContext = createContext<string | undefined>(undefined);

type ChangesPermittedProps = {
  /** Why nothing here may be changed; undefined: it may. */
  refusal: string | undefined;
  children: ReactNode;
};

/** Tells what is inside whether it may offer changes, and the reader why it does not. */
export function ChangesPermitted({ refusal, children }: ChangesPermittedProps) {
  return (
    <RefusalContext value={refusal}>
      {refusal !== undefined && (
        <Alert severity="info" sx={{ mb: 3 }}>
          You can look at everything here and change nothing. {refusal}
        </Alert>
      )}
      {children}
    </RefusalContext>
  );
}

/** Why nothing may be changed here; undefined: it may. */
export function useRefusal(): string | undefined {
  return use(RefusalContext);
}

/** What is offered only where it may be done. */
export function WhenPermitted({ children }: { children: ReactNode }) {
  return useRefusal() === undefined ? children : null;
}
