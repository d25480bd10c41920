"use client";

import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { useTransition } from "react";

type PickableRevision = { revision: number; action: string; actorName: string };
type RevisionPickerProps = {
  /** The page that compares, with what its address keeps beside: `/apis/1/history?before=7`. */
  path: string;
  revisions: readonly PickableRevision[];
  from: number;
  to: number;
};

/** Chooses the two revisions that are compared; the address keeps the choice. */
export function RevisionPicker({ path, revisions, from, to }: RevisionPickerProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const compare = (nextFrom: number, nextTo: number) =>
    startTransition(() => {
      const separator = path.includes("?") ? "&" : "?";
      router.replace(`${path}${separator}from=${nextFrom}&to=${nextTo}`, { scroll: false });
    });
  return (
    <Box
      aria-busy={isPending}
      sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "1fr", sm: "1fr 1fr" }, maxWidth: 720 }}
    >
      <RevisionSelect label="From revision" value={from} revisions={revisions} onChange={(next) => compare(next, to)} />
      <RevisionSelect label="To revision" value={to} revisions={revisions} onChange={(next) => compare(from, next)} />
    </Box>
  );
}

type RevisionSelectProps = {
  label: string;
  value: number;
  revisions: readonly PickableRevision[];
  onChange: (revision: number) => void;
};

function RevisionSelect({ label, value, revisions, onChange }: RevisionSelectProps) {
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      {revisions.map(({ revision, action, actorName }) => (
        <option key={revision} value={revision}>
          {[revision, action, actorName].filter((part) => part !== "").join(" · ")}
        </option>
      ))}
    </TextField>
  );
}
