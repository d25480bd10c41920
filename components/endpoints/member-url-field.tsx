"use client";

import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import InputBase from "@mui/material/InputBase";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { DraftEndpoint } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { urlInputProps } from "./url-input-props.ts";

type MemberUrlFieldProps = {
  keyType: KeyType;
  endpoint: DraftEndpoint;
  position: number;
  mark: "New" | "Edited" | undefined;
  problem: string | undefined;
};

/** Position and URL of a member; the URL is edited where it stands. */
export function MemberUrlField({ keyType, endpoint, position, mark, problem }: MemberUrlFieldProps) {
  const { change, leaveUrl } = useEndpointsFormActions();
  const problemId = useId();
  return (
    <Box sx={{ flex: "1 1 260px", minWidth: 0 }}>
      <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
        <Typography component="span" aria-hidden sx={{ width: 24, textAlign: "right", color: "text.secondary" }}>
          {position + 1}
        </Typography>
        <InputBase
          fullWidth
          value={endpoint.url}
          onChange={(event) => change({ type: "set-url", keyType, id: endpoint.id, url: event.target.value })}
          onBlur={() => leaveUrl(keyType, endpoint.id)}
          error={problem !== undefined}
          sx={{
            px: 1,
            borderRadius: 1,
            border: 1,
            borderColor: problem === undefined ? "transparent" : "error.main",
            "&:hover": { borderColor: problem === undefined ? "divider" : "error.main" },
            "&.Mui-focused": { borderColor: problem === undefined ? "primary.main" : "error.main" },
          }}
          inputProps={{
            "aria-label": "Service URL",
            "aria-describedby": problem === undefined ? undefined : problemId,
            "data-control": "url",
            ...urlInputProps,
          }}
        />
        {mark && (
          <Typography variant="caption" color="textSecondary" title="Not saved yet">
            {mark}
          </Typography>
        )}
      </Box>
      {problem !== undefined && (
        <FormHelperText id={problemId} error sx={{ ml: 5 }}>
          {problem}
        </FormHelperText>
      )}
    </Box>
  );
}
