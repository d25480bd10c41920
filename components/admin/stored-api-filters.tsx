"use client";

import SearchIcon from "@mui/icons-material/Search";
import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { lifecycleStateNames } from "@/components/api-settings/lifecycle-words.ts";
import { endpointTypeWords } from "@/components/apis/endpoint-type-words.ts";
import { endpointTypes } from "@/lib/model/api.ts";
import { lifecycleStates } from "@/lib/model/lifecycle.ts";
import type { StoredApiFilter } from "@/lib/model/stored-api-query.ts";
import { isNarrowed, type StoredApiView, storedApiAddress } from "./stored-api-address.ts";

/** Waits for a pause in typing, ms. */
const pauseMs = 250;

type Owner = { id: string; name: string; email: string };
type StoredApiFiltersProps = { view: StoredApiView; owners: readonly Owner[] };

/** Which stored APIs are shown; the address keeps it. Typing waits for a pause, everything else takes effect at once. */
export function StoredApiFilters({ view, owners }: StoredApiFiltersProps) {
  const router = useRouter();
  const [query, setQuery] = useState(view.query);
  const [context, setContext] = useState(view.filter.context ?? "");
  const [isFiltering, startFiltering] = useTransition();
  const show = (next: StoredApiView) => startFiltering(() => router.replace(storedApiAddress(next), { scroll: false }));
  const filterBy = (change: StoredApiFilter) =>
    show({ ...view, query, filter: { ...view.filter, context: context || undefined, ...change }, page: 1 });
  const owner = owners.find(({ id }) => id === view.filter.ownerId) ?? null;

  useEffect(() => {
    if (query.trim() === view.query && context === (view.filter.context ?? "")) return;
    const timer = setTimeout(() => {
      const filter = { ...view.filter, context: context || undefined };
      startFiltering(() => router.replace(storedApiAddress({ ...view, query, filter, page: 1 }), { scroll: false }));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [query, context, view, router]);

  return (
    <Box component="search" aria-busy={isFiltering} sx={{ display: "grid", gap: 1 }}>
      <Box
        sx={{
          display: "grid",
          gap: 2,
          alignItems: "start",
          gridTemplateColumns: { xs: "1fr", sm: "1fr 1fr", lg: "2fr 1.4fr 1.2fr 1fr 1fr" },
        }}
      >
        <TextField
          type="search"
          label="Search APIs"
          size="small"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          helperText="Words, or name: context: version: status: provider: or a property in front of one."
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
        <Autocomplete
          size="small"
          options={[...owners]}
          value={owner}
          getOptionLabel={({ name }) => name}
          getOptionKey={({ id }) => id}
          isOptionEqualToValue={(one, other) => one.id === other.id}
          onChange={(_event, chosen) => filterBy({ ownerId: chosen?.id })}
          renderInput={(props) => <TextField {...props} label="Owner" />}
        />
        <TextField
          size="small"
          label="Context begins with"
          value={context}
          onChange={(event) => setContext(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 200 } }}
        />
        <TextField
          select
          size="small"
          label="State"
          value={view.filter.state ?? ""}
          onChange={(event) => filterBy({ state: lifecycleStates.find((state) => state === event.target.value) })}
          slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        >
          <option value="">Any</option>
          {lifecycleStates.map((state) => (
            <option key={state} value={state}>
              {lifecycleStateNames[state]}
            </option>
          ))}
        </TextField>
        <TextField
          select
          size="small"
          label="Endpoint type"
          value={view.filter.endpointType ?? ""}
          onChange={(event) => filterBy({ endpointType: endpointTypes.find((type) => type === event.target.value) })}
          slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        >
          <option value="">Any</option>
          {endpointTypes.map((type) => (
            <option key={type} value={type}>
              {endpointTypeWords[type]}
            </option>
          ))}
        </TextField>
      </Box>
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 2 }}>
        <FormControlLabel
          label="Not live"
          control={
            <Checkbox
              checked={view.filter.notLive === true}
              onChange={(_event, isOn) => filterBy({ notLive: isOn || undefined })}
            />
          }
        />
        <FormControlLabel
          label="Endpoints not ready"
          control={
            <Checkbox
              checked={view.filter.endpointsNotReady === true}
              onChange={(_event, isOn) => filterBy({ endpointsNotReady: isOn || undefined })}
            />
          }
        />
        {isNarrowed(view) && (
          <Button
            onClick={() => {
              setQuery("");
              setContext("");
              show({ ...view, query: "", filter: {}, page: 1 });
            }}
          >
            Clear
          </Button>
        )}
      </Box>
    </Box>
  );
}
