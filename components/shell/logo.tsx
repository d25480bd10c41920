import Box from "@mui/material/Box";

/** The mark: a rope led through a ship's fairlead. Decorative; the name stands beside it. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return (
    <Box component="svg" viewBox="0 0 32 32" aria-hidden sx={{ width: size, height: size, flex: "none" }}>
      <circle cx="16" cy="16" r="10" fill="none" stroke="#2bb5ab" strokeWidth="5" />
      <path
        d="M1 23 C 9 23, 10 9, 17 16 S 25 21, 31 8"
        fill="none"
        stroke="#ffffff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </Box>
  );
}
