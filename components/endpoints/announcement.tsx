import Box from "@mui/material/Box";

/** Says what happened to those who hear the page; nobody sees it. */
export function Announcement({ text }: { text: string }) {
  return (
    <Box
      aria-live="polite"
      sx={{
        position: "absolute",
        width: "1px",
        height: "1px",
        overflow: "hidden",
        clipPath: "inset(50%)",
        whiteSpace: "nowrap",
      }}
    >
      {text}
    </Box>
  );
}
