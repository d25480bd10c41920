"use client";

import AddIcon from "@mui/icons-material/Add";
import DeleteIcon from "@mui/icons-material/Delete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { type Control, useController } from "react-hook-form";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import { type HeaderDirection, type HeaderRule, headerActions, headerDirections } from "@/lib/model/header-rule.ts";
import { firstMessage } from "./first-message.ts";
import type { TypedRuntime } from "./runtime-values.ts";

const titles = { request: "Requests to endpoints", response: "Answers to clients" } as const satisfies Record<
  HeaderDirection,
  string
>;
const actionNames = { set: "Set", add: "Add", remove: "Remove" } as const satisfies Record<
  HeaderRule["action"],
  string
>;

/** What is changed in the header fields of requests and answers, in order. */
export function HeaderRulesFields({ control }: { control: Control<TypedRuntime, unknown, ApiChanges> }) {
  const { field, fieldState } = useController({ control, name: "headerRules" });
  return (
    <Stack component="section" aria-labelledby="header-rules-title" sx={{ gap: 2 }}>
      <Typography id="header-rules-title" variant="h6" component="h2">
        Header rules
      </Typography>
      {headerDirections.map((direction) => (
        <Rules
          key={direction}
          direction={direction}
          rules={field.value[direction] ?? []}
          problemOf={(index, part) => firstMessage(fieldState.error, direction, index, part)}
          onChange={(rules) => field.onChange({ ...field.value, [direction]: rules })}
        />
      ))}
    </Stack>
  );
}

type RulesProps = {
  direction: HeaderDirection;
  rules: readonly HeaderRule[];
  problemOf: (index: number, part: "name" | "value") => string | undefined;
  onChange: (rules: readonly HeaderRule[]) => void;
};

function Rules({ direction, rules, problemOf, onChange }: RulesProps) {
  const change = (at: number, rule: HeaderRule) => onChange(rules.map((one, index) => (index === at ? rule : one)));
  return (
    <Box role="group" aria-label={titles[direction]} sx={{ display: "grid", gap: 1.5 }}>
      <Typography variant="subtitle2">{titles[direction]}</Typography>
      {rules.map((rule, index) => (
        <Box
          // biome-ignore lint/suspicious/noArrayIndexKey: rules are known by their place, and have no other name.
          key={index}
          sx={{ display: "flex", gap: 1, flexWrap: { xs: "wrap", sm: "nowrap" }, alignItems: "flex-start" }}
        >
          <TextField
            select
            size="small"
            label="Action"
            value={rule.action}
            onChange={(event) => change(index, ruleOf(event.target.value, rule))}
            sx={{ width: 120, flex: "none" }}
          >
            {headerActions.map((action) => (
              <MenuItem key={action} value={action}>
                {actionNames[action]}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            size="small"
            label="Header"
            value={rule.name}
            onChange={(event) => change(index, { ...rule, name: event.target.value })}
            error={problemOf(index, "name") !== undefined}
            helperText={problemOf(index, "name")}
            sx={{ flex: 1, minWidth: 140 }}
          />
          {rule.action !== "remove" && (
            <TextField
              size="small"
              label="Value"
              value={rule.value}
              onChange={(event) => change(index, { ...rule, value: event.target.value })}
              error={problemOf(index, "value") !== undefined}
              helperText={problemOf(index, "value")}
              sx={{ flex: 1.5, minWidth: 140 }}
            />
          )}
          <WhenPermitted>
            <IconButton
              aria-label={`Remove rule ${index + 1} for ${titles[direction].toLowerCase()}`}
              onClick={() => onChange(rules.filter((_, at) => at !== index))}
            >
              <DeleteIcon />
            </IconButton>
          </WhenPermitted>
        </Box>
      ))}
      <WhenPermitted>
        <Button
          size="small"
          startIcon={<AddIcon />}
          sx={{ justifySelf: "start" }}
          onClick={() => onChange([...rules, { action: "set", name: "", value: "" }])}
          aria-label={`Add a rule for ${titles[direction].toLowerCase()}`}
        >
          Add rule
        </Button>
      </WhenPermitted>
    </Box>
  );
}

function ruleOf(action: string, rule: HeaderRule): HeaderRule {
  const { name } = rule;
  const value = rule.action === "remove" ? "" : rule.value;
  if (action === "remove") return { action, name };
  return action === "add" ? { action, name, value } : { action: "set", name, value };
}
