"use client";

import AccountCircleIcon from "@mui/icons-material/AccountCircle";
import Button from "@mui/material/Button";
import Divider from "@mui/material/Divider";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useColorScheme } from "@mui/material/styles";
import NextLink from "next/link";
import { useState } from "react";
import { navigationColors } from "@/components/theme/navigation-colors.ts";
import { signOutAction } from "@/lib/server/actions/sign-out-action.ts";

const modes = [
  ["system", "Theme of the system"],
  ["light", "Light theme"],
  ["dark", "Dark theme"],
] as const;

/** Who is signed in, and what concerns them alone. */
export function AccountMenu({ name }: { name: string }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { mode, setMode } = useColorScheme();
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        fullWidth
        startIcon={<AccountCircleIcon />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ justifyContent: "flex-start", color: navigationColors.text, px: 2, py: 1.5, borderRadius: 0 }}
      >
        <span style={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{name}</span>
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: "top", horizontal: "left" }}
        transformOrigin={{ vertical: "bottom", horizontal: "left" }}
      >
        <MenuItem component={NextLink} href="/account" onClick={close}>
          Account
        </MenuItem>
        <Divider />
        {modes.map(([value, label]) => (
          <MenuItem
            key={value}
            selected={mode === value}
            role="menuitemradio"
            aria-checked={mode === value}
            onClick={() => setMode(value)}
          >
            {label}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem onClick={() => signOutAction()}>Sign out</MenuItem>
      </Menu>
    </>
  );
}
