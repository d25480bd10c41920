"use client";

import CheckCircleOutlined from "@mui/icons-material/CheckCircleOutlined";
import Close from "@mui/icons-material/Close";
import ErrorOutlined from "@mui/icons-material/ErrorOutlined";
import WarningAmber from "@mui/icons-material/WarningAmber";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { endpointCheckMethods } from "@/lib/model/endpoint-check.ts";
import { endpointCheckWords } from "./endpoint-check-words.ts";
import { urlInputProps } from "./url-input-props.ts";
import type { CheckManner, EndpointCheckState } from "./use-endpoint-check.ts";

type EndpointCheckResultProps = {
  state: EndpointCheckState;
  manner: CheckManner;
  onMannerChange: (manner: CheckManner) => void;
  onCheck: () => void;
  onHide: () => void;
};

/** What an endpoint answered, and how to ask it in another way. */
export function EndpointCheckResult({ state, manner, onMannerChange, onCheck, onHide }: EndpointCheckResultProps) {
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1, pt: 1 }}>
      <Box role="status" sx={{ maxWidth: "100%" }}>
        <AnswerChip state={state} />
      </Box>
      <TextField
        select
        fullWidth={false}
        label="Method"
        value={manner.method}
        onChange={(event) => {
          const method = endpointCheckMethods.find((one) => one === event.target.value);
          if (method) onMannerChange({ ...manner, method });
        }}
        sx={{ minWidth: 96 }}
      >
        {endpointCheckMethods.map((method) => (
          <MenuItem key={method} value={method}>
            {method}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        fullWidth={false}
        label="Path"
        placeholder="/health"
        value={manner.path}
        onChange={(event) => onMannerChange({ ...manner, path: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault(); // It would save the page.
          onCheck();
        }}
        sx={{ width: 160 }}
        slotProps={{ htmlInput: urlInputProps }}
      />
      <Button size="small" onClick={onCheck} disabled={state.kind === "checking"}>
        Check again
      </Button>
      <IconButton size="small" aria-label="Hide the answer" onClick={onHide}>
        <Close fontSize="small" />
      </IconButton>
    </Box>
  );
}

const toneIcons = { success: <CheckCircleOutlined />, warning: <WarningAmber />, error: <ErrorOutlined /> };

function AnswerChip({ state }: { state: EndpointCheckState }) {
  if (state.kind === "checking") return <Chip variant="outlined" label="Checking…" />;
  const { tone, text } =
    state.kind === "answered" ? endpointCheckWords(state.check) : ({ tone: "error", text: state.message } as const);
  return (
    <Chip
      variant="outlined"
      color={tone}
      icon={toneIcons[tone]}
      label={text}
      sx={{ height: "auto", py: 0.5, "& .MuiChip-label": { whiteSpace: "normal" } }}
    />
  );
}
