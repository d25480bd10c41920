import Box from "@mui/material/Box";

/** A JSON document as text, in a frame of its own that scrolls. */
export function JsonView({ label, text }: { label: string; text: string }) {
  return (
    <Box
      component="pre"
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{
        m: 0,
        p: 2,
        maxHeight: 480,
        overflow: "auto",
        border: 1,
        borderColor: "divider",
        borderRadius: 2,
        bgcolor: "background.paper",
        fontSize: 13,
        lineHeight: 1.5,
      }}
    >
      {text}
    </Box>
  );
}
