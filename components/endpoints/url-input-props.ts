/** What every input of a URL or a path has. The theme's `.mono` alone loses against an input's own `font: inherit`. */
export const urlInputProps = {
  className: "mono",
  style: { fontFamily: '"Roboto Mono", ui-monospace, monospace' },
  inputMode: "url",
  spellCheck: false,
  autoCapitalize: "none",
  autoComplete: "off",
} as const;
