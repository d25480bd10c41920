"use client";

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useMemo } from "react";
import { lossesInWso2 } from "@/lib/model/wso2-losses.ts";
import { configFromDraft, type EndpointsDraft } from "./endpoints-draft.ts";

/** What WSO2 would not do with this configuration; nothing is shown while there is no difference. */
export function Wso2LossesNotice({ draft }: { draft: EndpointsDraft }) {
  const losses = useMemo(() => lossesInWso2(configFromDraft(draft)), [draft]);
  if (losses.length === 0) return null;
  return (
    <Box component="details" sx={{ color: "text.secondary" }}>
      <Typography component="summary" variant="body2" sx={{ cursor: "pointer" }}>
        WSO2 would ignore {losses.length === 1 ? "one of these settings" : `${losses.length} of these settings`}
      </Typography>
      <Box component="ul" sx={{ mt: 0.5, mb: 0, pl: 3 }}>
        {losses.map(({ path, words }) => (
          <Typography component="li" variant="body2" key={path}>
            {words}
          </Typography>
        ))}
      </Box>
      <Typography variant="body2" sx={{ mt: 0.5 }}>
        They are kept in what is exported, and an import here restores them.
      </Typography>
    </Box>
  );
}
