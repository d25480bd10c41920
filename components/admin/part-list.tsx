import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { StateLabel } from "./state-label.tsx";

type PartListProps = { parts: readonly { part: string; health: "good" | "warning" | "bad"; words: string }[] };

const healthWords = { good: "Well", warning: "Look at it", bad: "Not well" } as const;

/** How every part of the installation is. */
export function PartList({ parts }: PartListProps) {
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.5 }}>
      {parts.map(({ part, health, words }) => (
        <li key={part}>
          <Typography sx={{ display: "flex", flexWrap: "wrap", columnGap: 1.5, overflowWrap: "anywhere" }}>
            <strong>{part}</strong> <StateLabel word={healthWords[health]} tone={health} />
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {words}
          </Typography>
        </li>
      ))}
    </Box>
  );
}
