import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import CardActionArea from "@mui/material/CardActionArea";
import Typography from "@mui/material/Typography";
import { LifecycleChip } from "@/components/ui/lifecycle-chip.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { ApiSummary } from "@/lib/model/api.ts";
import type { ApiHealth } from "@/lib/model/api-statistics.ts";
import { endpointTypeWords } from "./endpoint-type-words.ts";
import { HealthGlance } from "./health-glance.tsx";

/** One API of the grid; the whole card leads to it. */
export function ApiCard({ api, health }: { api: ApiSummary; health: ApiHealth | undefined }) {
  return (
    <Card>
      <CardActionArea
        href={`/apis/${api.id}/overview`}
        aria-label={`${api.name} ${api.version}`}
        sx={{ p: 2, height: "100%", display: "flex", flexDirection: "column", alignItems: "stretch", gap: 1 }}
      >
        <Box sx={{ display: "flex", justifyContent: "space-between", gap: 1, alignItems: "flex-start" }}>
          <Typography variant="h6" component="h2" sx={{ overflowWrap: "anywhere", lineHeight: 1.3 }}>
            {api.displayName}
          </Typography>
          <Typography component="span" color="textSecondary" sx={{ whiteSpace: "nowrap" }}>
            {api.version}
          </Typography>
        </Box>
        <Typography className="mono" color="textSecondary" sx={{ fontSize: 13, overflowWrap: "anywhere" }}>
          {api.context}
        </Typography>
        <Box
          sx={{
            mt: "auto",
            pt: 1,
            display: "flex",
            justifyContent: "space-between",
            alignItems: "center",
            gap: 1,
            flexWrap: "wrap",
          }}
        >
          <LifecycleChip state={api.lifecycleState} />
          <Typography variant="body2" color="textSecondary">
            {endpointTypeWords[api.endpointType]}
          </Typography>
        </Box>
        <Box sx={{ fontSize: 13, color: "text.secondary" }}>
          <HealthGlance health={health} state={api.lifecycleState} />
        </Box>
        <Typography variant="caption" color="textSecondary">
          {api.owner.name} · <RelativeTime date={api.updatedAt} />
        </Typography>
      </CardActionArea>
    </Card>
  );
}
