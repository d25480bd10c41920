"use client";

import MoreVertIcon from "@mui/icons-material/MoreVert";
import IconButton from "@mui/material/IconButton";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useId, useState } from "react";
import { type AskedUserChange, type UserChangeKind, userChangeWords } from "./user-change-dialog.tsx";
import type { UserLine } from "./user-table.tsx";

type UserMenuProps = { user: UserLine; isLastAdministrator: boolean; onAsk: (change: AskedUserChange) => void };

const lastAdministratorReason = "The last active administrator: make somebody else one first.";

/** What can be done with a person. What may not be is shown with the reason. */
export function UserMenu({ user, isLastAdministrator, onAsk }: UserMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menuId = useId();
  const isProtected = (kind: UserChangeKind) =>
    isLastAdministrator && (kind === "make-publisher" || kind === "deactivate");
  return (
    <>
      <IconButton
        aria-label={`Actions for ${user.name}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menuId : undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreVertIcon />
      </IconButton>
      <Menu id={menuId} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {possibleChanges(user).map((kind) => (
          <MenuItem
            key={kind}
            disabled={isProtected(kind)}
            onClick={() => {
              setAnchor(null);
              onAsk({ kind, user });
            }}
          >
            <ListItemText
              primary={userChangeWords[kind].label}
              secondary={isProtected(kind) ? lastAdministratorReason : undefined}
            />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function possibleChanges(user: UserLine): UserChangeKind[] {
  return [
    user.role === "admin" ? "make-publisher" : "make-admin",
    "reset-password",
    ...(user.sessions > 0 ? (["end-sessions"] as const) : []),
    user.active ? "deactivate" : "activate",
  ];
}
