"use client";

import SearchIcon from "@mui/icons-material/Search";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";

/** Waits for a pause in typing, ms. */
const pauseMs = 250;

/** Searches stored APIs while the person types; the address keeps what was searched for. */
export function StoredApiSearch({ query }: { query: string }) {
  const router = useRouter();
  const [text, setText] = useState(query);
  const [isSearching, startSearch] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(typed: string): void {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const search = typed.trim() === "" ? "" : `?${new URLSearchParams({ query: typed.trim() })}`;
      startSearch(() => router.replace(`/admin/apis${search}`));
    }, pauseMs);
  }

  return (
    <search>
      <TextField
        type="search"
        label="Search APIs"
        size="small"
        fullWidth
        value={text}
        aria-busy={isSearching}
        onChange={(event) => search(event.target.value)}
        helperText="Words, or name: context: version: status: provider: in front of one."
        sx={{ maxWidth: 480 }}
        slotProps={{
          htmlInput: { maxLength: 500 },
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          },
        }}
      />
    </search>
  );
}
