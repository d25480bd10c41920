"use client";

import Add from "@mui/icons-material/Add";
import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import Tooltip from "@mui/material/Tooltip";
import { useRef, useState } from "react";
import { maxGroupMembers } from "@/lib/model/endpoint-config.ts";
import { endpointUrlSchema } from "@/lib/model/endpoint-url.ts";
import { type DraftGroup, isBlankGroup } from "./endpoints-draft.ts";
import { urlInputProps } from "./url-input-props.ts";

type AddEndpointFieldProps = {
  group: DraftGroup;
  /** Where it is added, if not to the group as a whole. */
  poolName?: string;
  value: string;
  /** Told by the form when it is saved with a URL that was typed but not added. */
  problem: string | undefined;
  onChange: (url: string) => void;
  onAdd: (url: string) => void;
};

/** Service URL with +. The URL is checked before it is added; the cursor stays for the next one. */
export function AddEndpointField({ group, poolName, value, problem, onChange, onAdd }: AddEndpointFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string>();
  const shown = refusal ?? problem;
  const addLabel = poolName === undefined ? "Add endpoint" : `Add endpoint to ${poolName}`;

  function add(): void {
    const refused = addProblem(value, group);
    setRefusal(refused);
    if (refused === undefined) onAdd(value.trim());
    input.current?.focus();
  }

  return (
    <TextField
      inputRef={input}
      label="Service URL"
      fullWidth
      placeholder="https://backend.example.com/api"
      value={value}
      error={shown !== undefined}
      helperText={shown ?? twinHint(value, group)}
      onChange={(event) => {
        setRefusal(undefined);
        onChange(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault(); // It would save the page.
        add();
      }}
      slotProps={{
        htmlInput: urlInputProps,
        input: {
          endAdornment: (
            <InputAdornment position="end">
              <Tooltip title={addLabel}>
                <IconButton aria-label={addLabel} onClick={add} color="primary">
                  <Add />
                </IconButton>
              </Tooltip>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}

function addProblem(url: string, group: DraftGroup): string | undefined {
  if (group.endpoints.length >= maxGroupMembers) return `A group has at most ${maxGroupMembers} endpoints.`;
  return endpointUrlSchema.safeParse(url).error?.issues[0]?.message;
}

/** A URL twice in a group is allowed, and more often a slip of the keyboard. */
function twinHint(url: string, group: DraftGroup): string | undefined {
  if (isBlankGroup(group)) return undefined;
  const twin = group.endpoints.findIndex((endpoint) => endpoint.url === url.trim());
  return twin < 0 ? undefined : `Endpoint ${twin + 1} has this URL already. It can be added a second time.`;
}
