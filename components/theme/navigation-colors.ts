/** The dark navigation is navy in both modes. */
export const navigationColors = {
  background: "#101a2e",
  text: "#c3cee2",
  textActive: "#ffffff",
  active: "#1d2c4a",
  accent: "#2bb5ab",
  muted: "#8e9cb8",
} as const;
