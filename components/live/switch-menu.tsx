"use client";

import PowerSettingsNew from "@mui/icons-material/PowerSettingsNew";
import IconButton from "@mui/material/IconButton";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Tooltip from "@mui/material/Tooltip";
import { useId, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import type { SwitchPosition } from "@/lib/model/endpoint-switch.ts";
import type { LiveStore } from "./live-store.ts";
import { type MemberLive, takesCalls } from "./member-live.ts";
import { useSwitchEndpoint } from "./use-switch-endpoint.ts";

type SwitchMenuProps = {
  apiId: string;
  store: LiveStore;
  keyType: KeyType;
  endpointId: string;
  member: MemberLive;
  name: string;
};

/** Switch on, Switch off, Drain. Taking out the last endpoint that takes calls asks first. */
export function SwitchMenu({ apiId, store, keyType, endpointId, member, name }: SwitchMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asked, setAsked] = useState<SwitchPosition>();
  const turn = useSwitchEndpoint({ apiId, store, keyType, endpointId, name });
  const menuId = useId();
  const choices = choicesOf(member);

  function choose(position: SwitchPosition): void {
    setAnchor(null);
    const isInUse = member.gateways.some(({ state }) => takesCalls(state));
    if (position !== "on" && isInUse && !member.hasReadyPeer) setAsked(position);
    else turn(position);
  }

  return (
    <>
      <Tooltip title="Switch on, off, drain">
        <IconButton
          size="small"
          aria-label={`Switch ${name}`}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          aria-controls={anchor ? menuId : undefined}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <PowerSettingsNew fontSize="small" />
        </IconButton>
      </Tooltip>
      <Menu id={menuId} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {choices.map(({ position, label, meaning }) => (
          <MenuItem key={position} onClick={() => choose(position)}>
            <ListItemText primary={label} secondary={meaning} />
          </MenuItem>
        ))}
      </Menu>
      <ConfirmDialog
        open={asked !== undefined}
        title={asked === "drain" ? `Drain ${name}?` : `Switch ${name} off?`}
        confirmLabel={asked === "drain" ? "Drain" : "Switch off"}
        destructive
        onCancel={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked) turn(asked);
          setAsked(undefined);
        }}
      >
        No other member is ready: calls will get 503
        {asked === "drain" ? ", but for those of sessions that it has." : " until one is, or this one is switched on."}
      </ConfirmDialog>
    </>
  );
}

type Choice = { position: SwitchPosition; label: string; meaning: string };

function choicesOf({ state }: MemberLive): Choice[] {
  const on: Choice = {
    position: "on",
    label: "Switch on",
    meaning: state === "off" || state === "draining" ? "It takes calls again." : "Its suspension ends now.",
  };
  const off: Choice = { position: "off", label: "Switch off", meaning: "Nothing goes there, at any gateway." };
  const drain: Choice = { position: "drain", label: "Drain", meaning: "Sessions go on, nothing new goes there." };
  switch (state) {
    case "off":
      return [on, drain];
    case "draining":
      return [on, off];
    case "suspended":
    case "timeout":
      return [on, off, drain];
    case "ready":
    case "warming":
    case "down":
      return [off, drain];
  }
}
