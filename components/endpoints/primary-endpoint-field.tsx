"use client";

import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { MemberLiveLine } from "@/components/live/member-live-line.tsx";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { EndpointButtons } from "./endpoint-buttons.tsx";
import { EndpointCheckLine } from "./endpoint-check-line.tsx";
import { keyTypeNames } from "./endpoint-words.ts";
import type { DraftGroup } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { urlInputProps } from "./url-input-props.ts";
import { type CheckManner, useEndpointCheck } from "./use-endpoint-check.ts";

type PrimaryEndpointFieldProps = {
  keyType: KeyType;
  group: DraftGroup;
  problem: string | undefined;
  /** What saving would take away because the key type is not enabled. */
  dropped: number;
  /** Beneath the URL, when it is one of several. */
  hint: string | undefined;
};

/** Checkbox and URL of one key type. Of a group it is the first endpoint, which the list below shows too. */
export function PrimaryEndpointField({ keyType, group, problem, dropped, hint }: PrimaryEndpointFieldProps) {
  const { change, leaveUrl, openSettings } = useEndpointsFormActions();
  const [first] = group.endpoints;
  const { state, check, hide } = useEndpointCheck(first.url);
  const [manner, setManner] = useState<CheckManner>({ method: "GET", path: "" });
  const label = `${keyTypeNames[keyType]} Endpoint`;
  return (
    <Box>
      <FormControlLabel
        label={label}
        control={
          <Checkbox checked={group.enabled} onChange={(_, enabled) => change({ type: "enable", keyType, enabled })} />
        }
      />
      {!group.enabled && dropped > 0 && (
        <FormHelperText sx={{ mt: 0, ml: 4 }}>
          SAVE takes away {dropped === 1 ? "its endpoint" : `its ${dropped} endpoints`}; {keyType} keys then reach
          nothing. Ticking the box again brings {dropped === 1 ? "it" : "them"} back.
        </FormHelperText>
      )}
      {group.enabled && (
        <>
          <TextField
            label={label}
            required
            fullWidth
            margin="dense"
            placeholder="https://backend.example.com/api"
            value={first.url}
            error={problem !== undefined}
            helperText={problem ?? hint}
            onChange={(event) => change({ type: "set-url", keyType, id: first.id, url: event.target.value })}
            onBlur={() => leaveUrl(keyType, first.id)}
            slotProps={{
              htmlInput: urlInputProps,
              input: {
                endAdornment: (
                  <InputAdornment position="end">
                    <EndpointButtons
                      settings={first.settings}
                      onCheck={() => check(manner)}
                      onOpenSettings={() => openSettings(keyType, first.id)}
                    />
                  </InputAdornment>
                ),
              },
            }}
          />
          {hint === undefined && (
            <MemberLiveLine keyType={keyType} endpointId={first.id} name={`${keyType} endpoint`} />
          )}
          {state && (
            <EndpointCheckLine
              state={state}
              manner={manner}
              onMannerChange={setManner}
              onCheck={() => check(manner)}
              onHide={hide}
            />
          )}
        </>
      )}
    </Box>
  );
}
