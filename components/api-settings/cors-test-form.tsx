"use client";

import CheckIcon from "@mui/icons-material/Check";
import CloseIcon from "@mui/icons-material/Close";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { type Cors, corsSchema } from "@/lib/model/cors.ts";
import { checkCors } from "@/lib/model/cors-check.ts";
import { ChipsField } from "./chips-field.tsx";

/** As scripts write them: browsers capitalise most, but not `patch`. */
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "patch", "DELETE"];

/** Values have blanks, commas and semicolons of their own: each entry is one header. */
const oneHeader = /\S.*/g;

/** Says what a browser would do with a call, and why, by the settings as they are typed. */
export function CorsTestForm({ cors }: { cors: Cors }) {
  const [origin, setOrigin] = useState("https://app.example.com");
  const [method, setMethod] = useState("GET");
  const [headers, setHeaders] = useState<string[]>(["apikey"]);
  const [withCredentials, setWithCredentials] = useState(false);
  const parsed = corsSchema.safeParse(cors);
  const verdict = parsed.success ? checkCors(parsed.data, { origin, method, headers, withCredentials }) : undefined;
  return (
    <Box
      role="group"
      aria-label="Test CORS"
      sx={{ display: "grid", gap: 2, p: 2, border: 1, borderColor: "divider", borderRadius: 1 }}
    >
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 140px" } }}>
        <TextField
          size="small"
          label="Origin of the page"
          value={origin}
          onChange={(event) => setOrigin(event.target.value.trim())}
        />
        <TextField
          select
          size="small"
          label="Method"
          value={method}
          onChange={(event) => setMethod(event.target.value)}
        >
          {methods.map((each) => (
            <MenuItem key={each} value={each}>
              {each}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <ChipsField
        label="Headers that the script sets"
        values={headers}
        options={["apikey", "Authorization", "Content-Type: application/json", "Content-Type: text/plain"]}
        error={undefined}
        hint="A name, or Name: value where the value counts, as in Content-Type: text/plain."
        entry={oneHeader}
        onChange={setHeaders}
      />
      <FormControlLabel
        label="With credentials"
        control={<Switch checked={withCredentials} onChange={(_, next) => setWithCredentials(next)} />}
      />
      {verdict ? (
        <Alert severity={verdict.isAllowed ? "success" : "warning"} role="status">
          {verdict.isAllowed
            ? "The browser lets the page read the answer."
            : "The page gets an error in place of the answer."}
          <Box component="ol" sx={{ listStyle: "none", m: 0, mt: 1, p: 0, display: "grid", gap: 0.5 }}>
            {verdict.steps.map(({ isFine, words }) => (
              <Box component="li" key={words} sx={{ display: "flex", gap: 1 }}>
                {isFine ? (
                  <CheckIcon fontSize="small" titleAccess="Fine:" />
                ) : (
                  <CloseIcon fontSize="small" titleAccess="Not fine:" />
                )}
                {words}
              </Box>
            ))}
          </Box>
        </Alert>
      ) : (
        <Alert severity="info">Correct the settings above first.</Alert>
      )}
    </Box>
  );
}
