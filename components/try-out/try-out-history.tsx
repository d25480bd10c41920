"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { filledPath, type TryOutDraft } from "./try-out-draft.ts";

/** A request that was sent; undefined status: there was no answer. */
export type Tried = { id: number; draft: TryOutDraft; status: number | undefined };

/** The last requests of this tab, to go back to. */
export function TryOutHistory({ tries, onChoose }: { tries: readonly Tried[]; onChoose: (tried: Tried) => void }) {
  if (tries.length === 0) return null;
  return (
    <Box component="section" aria-label="Sent before" sx={{ mt: 3 }}>
      <Typography variant="subtitle2" component="h3">
        Sent before
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {tries.map((tried) => (
          <li key={tried.id}>
            <Button
              size="small"
              color="inherit"
              onClick={() => onChoose(tried)}
              sx={{ textTransform: "none", overflowWrap: "anywhere", textAlign: "left" }}
            >
              <span className="mono">
                {tried.draft.method} {filledPath(tried.draft) || "/"}
              </span>
              &nbsp;— {tried.status ?? "no answer"}
            </Button>
          </li>
        ))}
      </Box>
    </Box>
  );
}
