"use client";

import Box from "@mui/material/Box";
import InputBase from "@mui/material/InputBase";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { DraftEndpoint } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";

type MemberWeightFieldProps = {
  keyType: KeyType;
  endpoint: DraftEndpoint;
  /** Id of the element that says what is wrong with it. */
  problemId: string | undefined;
};

/** Weight of a member: a number from 1 to 100, typed where it stands; empty is 1. */
export function MemberWeightField({ keyType, endpoint, problemId }: MemberWeightFieldProps) {
  const { change, leaveUrl } = useEndpointsFormActions();
  const isWrong = problemId !== undefined;
  return (
    <Tooltip
      title="An endpoint of weight 2 gets twice the calls of one of weight 1"
      placement="top"
      describeChild
      disableFocusListener // It would lie over what is wrong.
      disableTouchListener
    >
      <Box component="label" sx={{ display: "flex", alignItems: "center", gap: 0.5 }}>
        <Typography component="span" variant="caption" color="textSecondary">
          Weight
        </Typography>
        <InputBase
          value={endpoint.weight ?? ""}
          placeholder="1"
          error={isWrong}
          onChange={(event) => {
            const digits = event.target.value.replaceAll(/\D/g, "").slice(0, 3);
            const weight = digits === "" ? undefined : Number(digits);
            change({ type: "set-weight", keyType, id: endpoint.id, weight });
          }}
          onBlur={() => leaveUrl(keyType, endpoint.id)}
          sx={{
            width: 44,
            px: 1,
            borderRadius: 1,
            border: 1,
            borderColor: isWrong ? "error.main" : "divider",
            "&.Mui-focused": { borderColor: isWrong ? "error.main" : "primary.main" },
          }}
          inputProps={{
            "aria-label": "Weight",
            "aria-describedby": problemId,
            "data-control": "weight",
            inputMode: "numeric",
            autoComplete: "off",
            style: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
          }}
        />
      </Box>
    </Tooltip>
  );
}
