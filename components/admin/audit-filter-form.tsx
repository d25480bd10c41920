"use client";

import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { type AuditView, auditAddress } from "./audit-address.ts";
import { auditActionWords } from "./audit-words.ts";

type AuditFilterFormProps = { view: AuditView; actors: readonly string[]; actions: readonly string[] };

/** What of the audit log is shown; the address keeps it. */
export function AuditFilterForm({ view, actors, actions }: AuditFilterFormProps) {
  const router = useRouter();
  const [filter, setFilter] = useState(view.filter);
  const [isFiltering, startFiltering] = useTransition();
  const set = (change: Partial<AuditView["filter"]>) => setFilter((before) => ({ ...before, ...change }));
  const go = (chosen: AuditView["filter"]) => startFiltering(() => router.push(auditAddress({ filter: chosen })));
  return (
    <Box
      component="form"
      role="search"
      aria-label="Filter the audit log"
      onSubmit={(event) => {
        event.preventDefault();
        go(filter);
      }}
      sx={{
        display: "grid",
        gap: 2,
        gridTemplateColumns: { xs: "1fr", sm: "1fr 1fr", lg: "1.2fr 1.4fr 1.4fr 1fr 1fr auto" },
        alignItems: "center",
      }}
    >
      <Autocomplete
        freeSolo
        size="small"
        options={[...actors]}
        inputValue={filter.actor ?? ""}
        onInputChange={(_event, actor) => set({ actor })}
        renderInput={(props) => <TextField {...props} label="Who" />}
      />
      <Autocomplete
        freeSolo
        size="small"
        options={[...actions]}
        inputValue={filter.action ?? ""}
        onInputChange={(_event, action) => set({ action })}
        renderOption={({ key, ...props }, action) => (
          <li key={key} {...props}>
            <span>
              {auditActionWords(action)}
              <Box
                component="span"
                className="mono"
                sx={{ display: "block", typography: "caption", color: "text.secondary" }}
              >
                {action}
              </Box>
            </span>
          </li>
        )}
        renderInput={(props) => <TextField {...props} label="What" />}
      />
      <TextField
        size="small"
        label="To what (begins with)"
        value={filter.subject ?? ""}
        onChange={(event) => set({ subject: event.target.value })}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextField
        size="small"
        type="date"
        label="From"
        value={filter.from ?? ""}
        onChange={(event) => set({ from: event.target.value })}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <TextField
        size="small"
        type="date"
        label="Before"
        value={filter.to ?? ""}
        onChange={(event) => set({ to: event.target.value })}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <Box sx={{ display: "flex", gap: 1 }}>
        <Button type="submit" variant="contained" loading={isFiltering}>
          Filter
        </Button>
        <Button
          onClick={() => {
            setFilter({});
            go({});
          }}
        >
          Clear
        </Button>
      </Box>
    </Box>
  );
}
