"use client";

import MoreVertIcon from "@mui/icons-material/MoreVert";
import IconButton from "@mui/material/IconButton";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useId, useState } from "react";
import { type UserSummary, userRoles } from "@/lib/model/account.ts";
import { type AskedUserChange, type UserChangeKind, userChangeWords } from "./user-change-dialog.tsx";

type UserMenuProps = {
  user: UserSummary;
  isSelf: boolean;
  isLastAdministrator: boolean;
  onAsk: (change: AskedUserChange) => void;
};

/** Why a change may not be made; undefined when it may. The server keeps the same rules. */
function reasonAgainst(kind: UserChangeKind, isSelf: boolean, isLastAdministrator: boolean): string | undefined {
  if (kind === "deactivate" && isSelf) return "You cannot deactivate your own account.";
  if (isLastAdministrator && (kind === "make-publisher" || kind === "make-viewer" || kind === "deactivate")) {
    return "The only active administrator: make somebody else one first.";
  }
  return undefined;
}

/** What can be done with a person. What may not be is shown with the reason. */
export function UserMenu({ user, isSelf, isLastAdministrator, onAsk }: UserMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menuId = useId();
  const changes = possibleChanges(user, isSelf).map((kind) => ({
    kind,
    reason: reasonAgainst(kind, isSelf, isLastAdministrator),
  }));
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
        {changes.map(({ kind, reason }) => (
          <MenuItem
            key={kind}
            disabled={reason !== undefined}
            // The reason has to be readable although the item cannot be chosen.
            sx={{ "&.Mui-disabled": { opacity: 1, color: "text.disabled" } }}
            onClick={() => {
              setAnchor(null);
              onAsk({ kind, user });
            }}
          >
            <ListItemText primary={userChangeWords[kind].label} secondary={reason} />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/** One's own password and sessions are under Account. */
function possibleChanges(user: UserSummary, isSelf: boolean): UserChangeKind[] {
  return [
    ...userRoles.filter((role) => role !== user.role).map((role) => `make-${role}` as const),
    ...(isSelf ? [] : (["reset-password"] as const)),
    ...(!isSelf && user.hasSecondFactor ? (["reset-second-factor"] as const) : []),
    ...(!isSelf && user.openSessions > 0 ? (["end-sessions"] as const) : []),
    user.active ? "deactivate" : "activate",
  ];
}
