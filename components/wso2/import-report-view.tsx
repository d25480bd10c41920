import ChangedIcon from "@mui/icons-material/ChangeCircleOutlined";
import TakenIcon from "@mui/icons-material/CheckCircleOutlined";
import LeftIcon from "@mui/icons-material/RemoveCircleOutlined";
import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import type { ImportLine } from "@/lib/model/import-report.ts";

const parts = [
  { outcome: "changed", title: "Changed", icon: <ChangedIcon color="warning" /> },
  { outcome: "left", title: "Left behind", icon: <LeftIcon color="disabled" /> },
  { outcome: "taken", title: "Taken as it is", icon: <TakenIcon color="success" /> },
] as const;

/** What an import takes, changes and leaves behind, the unusual first. */
export function ImportReportView({ lines }: { lines: readonly ImportLine[] }) {
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      {parts.map(({ outcome, title, icon }) => {
        const own = lines.filter((line) => line.outcome === outcome);
        if (own.length === 0) return null;
        return (
          <Card key={outcome} component="section" aria-label={title} sx={{ p: 2.5, minWidth: 0 }}>
            <Typography variant="h6" component="h2" sx={{ display: "flex", alignItems: "center", gap: 1, mb: 1 }}>
              {icon} {title} ({own.length})
            </Typography>
            <Box component="dl" sx={{ m: 0 }}>
              {own.map((line) => (
                <Line key={`${line.subject} ${line.detail}`} line={line} />
              ))}
            </Box>
          </Card>
        );
      })}
    </Box>
  );
}

function Line({ line: { subject, detail, reason } }: { line: ImportLine }) {
  return (
    <Box
      sx={{
        ...{ display: "grid", gridTemplateColumns: { sm: "220px 1fr" }, columnGap: 2, py: 1 },
        ...{ borderTop: 1, borderColor: "divider", "&:first-of-type": { borderTop: 0 } },
      }}
    >
      <Typography component="dt" sx={{ fontWeight: 500 }}>
        {subject}
      </Typography>
      <Box component="dd" sx={{ m: 0, minWidth: 0 }}>
        <Typography sx={{ overflowWrap: "anywhere" }}>{detail}</Typography>
        {reason !== "" && (
          <Typography variant="body2" color="textSecondary">
            {reason}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
