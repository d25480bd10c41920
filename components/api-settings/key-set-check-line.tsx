"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import type { JwtAlgorithm } from "@/lib/model/jwt-settings.ts";
import type { KeySetCheck } from "@/lib/model/token-check.ts";
import { checkKeySetAction } from "@/lib/server/actions/token-actions.ts";
import { useAsked } from "./use-asked.ts";

type KeySetCheckLineProps = { apiId: string; jwksUrl: string; algorithms: readonly JwtAlgorithm[] };

/** Asks an issuer for its keys now, and says which there are. */
export function KeySetCheckLine({ apiId, jwksUrl, algorithms }: KeySetCheckLineProps) {
  const [asked, setAsked] = useState("");
  const { state, ask } = useAsked(checkKeySetAction);
  const isCurrent = asked === jwksUrl;
  return (
    <Box sx={{ display: "grid", gap: 1, justifyItems: "start", mt: 1 }}>
      <Button
        size="small"
        variant="outlined"
        loading={state?.kind === "asking"}
        disabled={jwksUrl.trim() === ""}
        onClick={() => {
          setAsked(jwksUrl);
          void ask({ apiId, jwksUrl });
        }}
      >
        Check keys
      </Button>
      <div role="status" style={{ width: "100%" }}>
        {isCurrent && state?.kind === "failed" && <Alert severity="error">{state.message}</Alert>}
        {isCurrent && state?.kind === "answered" && <Found check={state.value} algorithms={algorithms} />}
      </div>
    </Box>
  );
}

function Found({ check, algorithms }: { check: KeySetCheck; algorithms: readonly JwtAlgorithm[] }) {
  const { keys, leftOut, error } = check;
  if (error !== null) return <Alert severity="error">No keys: {error}.</Alert>;
  const isUsed = (key: KeySetCheck["keys"][number]) => key.algorithms.some((each) => algorithms.includes(each));
  const isAnyUsed = keys.some(isUsed);
  return (
    <Alert severity={isAnyUsed ? "success" : "warning"}>
      {keys.length === 1 ? "1 key" : `${keys.length} keys`}
      {leftOut > 0 && `, and ${leftOut} that verify no tokens`}
      {isAnyUsed ? "." : ", and none of them is for an algorithm that is chosen here."}
      <Box component="ul" sx={{ listStyle: "none", m: 0, mt: 0.5, p: 0, overflowWrap: "anywhere" }}>
        {keys.map((key, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing says that their names differ.
          <li key={index}>
            {key.kind}, {key.kid === null ? "without a name" : key.kid}
            {!isUsed(key) && `: for ${key.algorithms.join(", ")}`}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
