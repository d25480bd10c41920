import { createTheme } from "@mui/material/styles";
import NextLink from "next/link";

/** Colours of states; never without a word and a shape beside them. */
const states = {
  light: { ready: "#1b7f4b", timeout: "#9a5b00", suspended: "#c02b2b", off: "#5b6577" },
  dark: { ready: "#4cc38a", timeout: "#f0b454", suspended: "#ff8a80", off: "#9aa6ba" },
} as const;

/** The look of the product: colours, density and component defaults. Everything visual that is shared stands here. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data" },
  defaultColorScheme: "light",
  colorSchemes: {
    light: {
      palette: {
        primary: { main: "#0b7a75", dark: "#085d59", light: "#2f9f99", contrastText: "#ffffff" },
        secondary: { main: "#33415c" },
        success: { main: states.light.ready },
        warning: { main: states.light.timeout },
        error: { main: states.light.suspended },
        info: { main: "#2563a8" },
        background: { default: "#f6f8fa", paper: "#ffffff" },
        text: { primary: "#16202f", secondary: "#526075" },
        divider: "#dde3ea",
      },
    },
    dark: {
      palette: {
        primary: { main: "#3fc1b7", dark: "#2a9d94", light: "#6fd6ce", contrastText: "#04211f" },
        secondary: { main: "#a9b8d4" },
        // Beneath the white words of messages stands `dark`.
        success: { main: states.dark.ready, dark: "#2b7a53" },
        warning: { main: states.dark.timeout },
        error: { main: states.dark.suspended, dark: "#ad5049" },
        info: { main: "#7db4f0", dark: "#4a719b" },
        background: { default: "#0c1119", paper: "#141b26" },
        text: { primary: "#e7ecf4", secondary: "#a5b1c4" },
        divider: "#263142",
      },
    },
  },
  shape: { borderRadius: 6 },
  spacing: 8,
  typography: {
    fontFamily: "Roboto, system-ui, sans-serif",
    fontSize: 14,
    h4: { fontSize: "1.625rem", fontWeight: 500, letterSpacing: "-0.01em" },
    h5: { fontSize: "1.375rem", fontWeight: 500 },
    h6: { fontSize: "1.0625rem", fontWeight: 500 },
    button: { textTransform: "none", fontWeight: 500 },
    body1: { fontSize: "0.875rem", lineHeight: 1.55 },
    body2: { fontSize: "0.8125rem", lineHeight: 1.55 },
    caption: { fontSize: "0.75rem" },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontVariantNumeric: "tabular-nums" },
        "code, kbd, pre, samp, .mono": { fontFamily: '"Roboto Mono", ui-monospace, monospace' },
        "@media (prefers-reduced-motion: reduce)": {
          "*, *::before, *::after": { animationDuration: "0s !important", transitionDuration: "0s !important" },
        },
      },
    },
    MuiButtonBase: { defaultProps: { LinkComponent: NextLink } },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiLink: { defaultProps: { component: NextLink, underline: "hover" } },
    MuiTextField: { defaultProps: { fullWidth: true, size: "small" } },
    MuiFormControl: { defaultProps: { size: "small" } },
    MuiTooltip: { defaultProps: { enterDelay: 400 } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: "none" } } },
    MuiCard: { defaultProps: { variant: "outlined" } },
    MuiTableCell: { styleOverrides: { head: { fontWeight: 500, whiteSpace: "nowrap" } } },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: "sm" } },
    MuiChip: { defaultProps: { size: "small" } },
    MuiAlert: { styleOverrides: { root: { alignItems: "center" } } },
  },
});
