"use client";

import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider as MuiThemeProvider } from "@mui/material/styles";
import type { ReactNode } from "react";
import { theme } from "./theme.ts";

/**
 * Theme for everything below; follows the system until somebody chooses light or dark. All colours are CSS variables, so
 * the server's page is right in either mode: `noSsr` spares a second render right after hydration, which would throw away
 * streamed parts that are not hydrated yet.
 */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MuiThemeProvider theme={theme} defaultMode="system" noSsr>
      <CssBaseline enableColorScheme />
      {children}
    </MuiThemeProvider>
  );
}
