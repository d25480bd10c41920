"use client";

import GridViewIcon from "@mui/icons-material/GridView";
import SearchIcon from "@mui/icons-material/Search";
import TableRowsIcon from "@mui/icons-material/TableRows";
import Box from "@mui/material/Box";
import InputAdornment from "@mui/material/InputAdornment";
import LinearProgress from "@mui/material/LinearProgress";
import TextField from "@mui/material/TextField";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { type ApiListView, apiListAddress } from "./api-list-address.ts";

const searchDelayMs = 200;

/** Search and layout of the list of APIs. Both go into the address; searching waits for a pause in typing. */
export function ApiListTools({ view }: { view: ApiListView }) {
  const router = useRouter();
  const [text, setText] = useState(view.query);
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    if (text === view.query) return;
    const timer = setTimeout(() => {
      startTransition(() => router.replace(apiListAddress({ ...view, query: text, page: 1 }), { scroll: false }));
    }, searchDelayMs);
    return () => clearTimeout(timer);
  }, [text, view, router]);
  return (
    <Box sx={{ mb: 2 }}>
      <Box sx={{ display: "flex", gap: 2, alignItems: "center" }}>
        <TextField
          type="search"
          label="Search APIs"
          placeholder="pizza status:PUBLISHED"
          value={text}
          onChange={(event) => setText(event.target.value)}
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
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Layout"
          value={view.layout}
          onChange={(_event, layout: ApiListView["layout"] | null) =>
            layout && router.replace(apiListAddress({ ...view, layout }), { scroll: false })
          }
          sx={{ ml: "auto" }}
        >
          <ToggleButton value="grid" aria-label="Cards">
            <GridViewIcon fontSize="small" />
          </ToggleButton>
          <ToggleButton value="table" aria-label="Table">
            <TableRowsIcon fontSize="small" />
          </ToggleButton>
        </ToggleButtonGroup>
      </Box>
      <Box sx={{ height: 4, mt: 0.5 }}>{isPending && <LinearProgress aria-label="Searching" />}</Box>
    </Box>
  );
}
