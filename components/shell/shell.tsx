"use client";

import MenuIcon from "@mui/icons-material/Menu";
import Box from "@mui/material/Box";
import Drawer from "@mui/material/Drawer";
import IconButton from "@mui/material/IconButton";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { navigationColors as colors } from "@/components/theme/navigation-colors.ts";
import { AccountMenu } from "./account-menu.tsx";
import { LogoMark } from "./logo.tsx";
import { administrationEntries, apiEntries } from "./navigation-entries.ts";
import { NavigationList } from "./navigation-list.tsx";

const width = 232;

type ShellProps = { person: { name: string; isAdmin: boolean }; children: ReactNode };

/** The frame of every page behind the sign-in: dark navigation on the left, a drawer on small screens. */
export function Shell({ person, children }: ShellProps) {
  const [isOpen, setOpen] = useState(false);
  const navigation = <Navigation person={person} onFollow={() => setOpen(false)} />;
  return (
    <Box sx={{ display: "flex", minHeight: "100vh" }}>
      <Link
        href="#content"
        sx={{
          position: "absolute",
          left: -9999,
          "&:focus": { left: 8, top: 8, zIndex: "tooltip", bgcolor: "background.paper", p: 1 },
        }}
      >
        Skip to content
      </Link>
      <Box component="nav" aria-label="Main" sx={{ display: { xs: "none", md: "block" }, width, flex: "none" }}>
        <Box sx={{ position: "fixed", width, height: "100vh" }}>{navigation}</Box>
      </Box>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        sx={{ display: { md: "none" } }}
        slotProps={{ paper: { sx: { width } } }}
      >
        <nav aria-label="Main">{navigation}</nav>
      </Drawer>
      <Box sx={{ flex: 1, minWidth: 0, display: "flex", flexDirection: "column" }}>
        <MobileBar onOpen={() => setOpen(true)} />
        <Box
          component="main"
          id="content"
          tabIndex={-1}
          sx={{ flex: 1, width: "100%", maxWidth: 1248, mx: "auto", px: { xs: 2, sm: 3 }, py: 3, outline: "none" }}
        >
          {children}
        </Box>
      </Box>
    </Box>
  );
}

function Navigation({ person, onFollow }: { person: ShellProps["person"]; onFollow: () => void }) {
  const pathname = usePathname();
  const sections = apiEntries(pathname);
  return (
    <Box
      sx={{ height: "100%", minHeight: "100vh", display: "flex", flexDirection: "column", bgcolor: colors.background }}
    >
      <Link
        href="/apis"
        onClick={onFollow}
        underline="none"
        sx={{ display: "flex", alignItems: "center", gap: 1.25, px: 2, py: 2, color: colors.textActive }}
      >
        <LogoMark />
        <Typography component="span" sx={{ fontSize: 18, fontWeight: 500, letterSpacing: "0.01em" }}>
          Fairlead
        </Typography>
      </Link>
      <Box sx={{ flex: 1, overflowY: "auto" }}>
        <NavigationList
          entries={[{ label: "APIs", href: "/apis" }]}
          pathname={sections.length > 0 ? "" : pathname}
          onFollow={onFollow}
        />
        {sections.length > 0 && (
          <NavigationList title="This API" entries={sections} pathname={pathname} onFollow={onFollow} />
        )}
        {person.isAdmin && (
          <NavigationList
            title="Administration"
            entries={administrationEntries}
            pathname={pathname}
            onFollow={onFollow}
          />
        )}
      </Box>
      <Box sx={{ borderTop: `1px solid ${colors.active}` }}>
        <AccountMenu name={person.name} />
      </Box>
    </Box>
  );
}

function MobileBar({ onOpen }: { onOpen: () => void }) {
  return (
    <Box
      component="header"
      sx={{
        display: { xs: "flex", md: "none" },
        alignItems: "center",
        gap: 1,
        px: 1,
        py: 0.5,
        bgcolor: colors.background,
        color: colors.textActive,
      }}
    >
      <IconButton aria-label="Open navigation" color="inherit" onClick={onOpen}>
        <MenuIcon />
      </IconButton>
      <LogoMark size={22} />
      <Typography component="span" sx={{ fontWeight: 500 }}>
        Fairlead
      </Typography>
    </Box>
  );
}
