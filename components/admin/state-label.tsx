import Box from "@mui/material/Box";

const tones = {
  good: { color: "success.main", shape: "●" },
  warning: { color: "warning.main", shape: "▲" },
  bad: { color: "error.main", shape: "■" },
  off: { color: "text.secondary", shape: "○" },
} as const;

type StateLabelProps = { word: string; tone: keyof typeof tones };

/** A state as word, shape and colour, so that it is never colour alone. */
export function StateLabel({ word, tone }: StateLabelProps) {
  const { color, shape } = tones[tone];
  return (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 0.75, whiteSpace: "nowrap" }}>
      <Box component="span" aria-hidden sx={{ color, fontSize: "0.75em" }}>
        {shape}
      </Box>
      {word}
    </Box>
  );
}
