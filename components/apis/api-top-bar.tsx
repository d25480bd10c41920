import ArrowBackIcon from "@mui/icons-material/ArrowBack";
import DownloadIcon from "@mui/icons-material/FileDownloadOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Typography from "@mui/material/Typography";
import { LifecycleChip } from "@/components/ui/lifecycle-chip.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import { WhenPermitted } from "@/components/ui/when-permitted.tsx";
import type { Api } from "@/lib/model/api.ts";
import { versionedPath } from "@/lib/model/api-naming.ts";
import { isLive } from "@/lib/model/lifecycle.ts";
import { DeleteApiButton } from "./delete-api-button.tsx";
import { NewVersionButton } from "./new-version-button.tsx";

/** On a phone icons take the place of buttons, which would take three lines; their words are there to be heard. */
const asIcons = {
  "@media (max-width:599.95px)": {
    ml: "auto",
    "& .MuiButton-root": { minWidth: 40, fontSize: 0 },
    "& .MuiButton-startIcon": { m: 0 },
  },
};

/** Which API this is, in what state, and what can be done with all of it. */
export function ApiTopBar({ api, mayDelete }: { api: Api; mayDelete: boolean }) {
  const { id, name, version, context, lifecycleState } = api;
  return (
    <Box
      component="section"
      aria-label="API"
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 1.5,
        pb: 2,
        mb: 3,
        borderBottom: 1,
        borderColor: "divider",
      }}
    >
      <IconButton href="/apis" aria-label="Back to APIs">
        <ArrowBackIcon />
      </IconButton>
      <Box sx={{ minWidth: 0, flex: "1 1 240px" }}>
        <Typography component="p" variant="h5" sx={{ overflowWrap: "anywhere", lineHeight: 1.25 }}>
          {name} : {version}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          Provider {api.owner.name} · last updated <RelativeTime date={api.updatedAt} />
        </Typography>
      </Box>
      <LifecycleChip state={lifecycleState} />
      <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", ...asIcons }}>
        <Button startIcon={<DownloadIcon />} LinkComponent="a" href={`/apis/${id}/download`} download>
          Download API
        </Button>
        <WhenPermitted>
          <NewVersionButton api={{ id, name, version }} />
        </WhenPermitted>
        {mayDelete && (
          <DeleteApiButton
            api={{ id, name, version, path: versionedPath(context, version), isLive: isLive(lifecycleState) }}
          />
        )}
      </Box>
    </Box>
  );
}
