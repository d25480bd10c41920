"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { type JwtSettings, jwtSettingsSchema } from "@/lib/model/jwt-settings.ts";
import type { TokenTest } from "@/lib/model/token-check.ts";
import { testTokenAction } from "@/lib/server/actions/token-actions.ts";
import { useAsked } from "./use-asked.ts";

/** Says what gateways would make of a token, by the settings as they are typed. */
export function TokenTester({ apiId, jwt }: { apiId: string; jwt: JwtSettings }) {
  const [isOpen, setOpen] = useState(false);
  const [token, setToken] = useState("");
  const { state, ask, forget } = useAsked(testTokenAction);
  const settings = jwtSettingsSchema.safeParse(jwt);
  if (!isOpen) {
    return (
      <Button variant="outlined" onClick={() => setOpen(true)} sx={{ justifySelf: "start" }}>
        Test a token
      </Button>
    );
  }
  return (
    <Box
      role="group"
      aria-label="Test a token"
      sx={{ display: "grid", gap: 2, p: 2, border: 1, borderColor: "divider", borderRadius: 1 }}
    >
      <TextField
        label="Token"
        multiline
        minRows={3}
        maxRows={8}
        value={token}
        onChange={(event) => {
          setToken(event.target.value);
          forget();
        }}
        helperText="It is checked as gateways check it, with the settings as they are above, and neither kept nor logged."
        slotProps={{
          htmlInput: { autoComplete: "off", spellCheck: false, style: { fontFamily: "var(--font-mono, monospace)" } },
        }}
      />
      <Button
        variant="outlined"
        loading={state?.kind === "asking"}
        disabled={token.trim() === "" || !settings.success}
        onClick={() => void ask({ apiId, settings: jwt, token })}
        sx={{ justifySelf: "start" }}
      >
        Test
      </Button>
      <div role="status">
        {!settings.success && <Alert severity="info">Complete the settings above first.</Alert>}
        {state?.kind === "failed" && <Alert severity="error">{state.message}</Alert>}
        {state?.kind === "answered" && <Verdict test={state.value} />}
      </div>
    </Box>
  );
}

function Verdict({ test }: { test: TokenTest }) {
  if (test.kind === "accepted") {
    return (
      <Alert severity="success">
        Accepted: it leads to {test.keyType}
        {test.consumer !== null && <>, and the consumer is {test.consumer}</>}. It is good until{" "}
        {test.expiresAt.toLocaleString()}.
      </Alert>
    );
  }
  return (
    <Alert severity="warning" sx={{ overflowWrap: "anywhere" }}>
      Refused: {test.words}.
      {test.difference && (
        <Box component="dl" sx={{ display: "grid", gridTemplateColumns: "auto 1fr", columnGap: 2, m: 0, mt: 1 }}>
          <dt>The token has</dt>
          <Box component="dd" sx={{ m: 0 }}>
            {test.difference.has}
          </Box>
          <dt>Expected</dt>
          <Box component="dd" sx={{ m: 0 }}>
            {test.difference.expected}
          </Box>
        </Box>
      )}
    </Alert>
  );
}
