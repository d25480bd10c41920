"use client";

import UploadFileIcon from "@mui/icons-material/UploadFile";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import { type ReactNode, useRef } from "react";
import { pemText } from "./pem-text.ts";

/** Longest file that is read, octets; longer ones are no certificates. */
const maxFileBytes = 1_000_000;

type PemFieldProps = {
  label: string;
  isOptional?: boolean;
  /** What the file begins with, shown while nothing is there. */
  placeholder: string;
  value: string;
  error: string | undefined;
  hint: string;
  onChange: (text: string) => void;
  onRefused: (message: string) => void;
  /** Beside the button that opens a file. */
  actions?: ReactNode;
};

/** PEM text: pasted, or from a file, which never leaves the browser otherwise. */
export function PemField(props: PemFieldProps) {
  const { label, isOptional = false, placeholder, value, error, hint, onChange, onRefused, actions } = props;
  const input = useRef<HTMLInputElement>(null);

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > maxFileBytes) onRefused(`${file.name} is too long to be a certificate or a key.`);
    else onChange(await pemText(file));
  }

  return (
    <Box sx={{ display: "grid", gap: 1 }}>
      <TextField
        label={label}
        required={!isOptional}
        fullWidth
        multiline
        minRows={3}
        maxRows={8}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error !== undefined}
        helperText={error ?? hint}
        slotProps={{
          input: { className: "mono" },
          htmlInput: { placeholder, spellCheck: false, autoComplete: "off" },
          inputLabel: { shrink: true },
        }}
      />
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
        <Button
          size="small"
          startIcon={<UploadFileIcon />}
          onClick={() => input.current?.click()}
          aria-label={`${label}: choose a file`}
        >
          Choose file
        </Button>
        {actions}
        <input
          ref={input}
          type="file"
          hidden
          accept=".pem,.crt,.cer,.der,.key,.txt"
          aria-label={`${label} file`}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </Box>
    </Box>
  );
}
