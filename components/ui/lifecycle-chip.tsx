"use client";

import BlockIcon from "@mui/icons-material/Block";
import CheckCircleIcon from "@mui/icons-material/CheckCircle";
import EditIcon from "@mui/icons-material/Edit";
import HistoryIcon from "@mui/icons-material/History";
import InventoryIcon from "@mui/icons-material/Inventory2";
import Chip from "@mui/material/Chip";

const looks = {
  CREATED: { icon: <EditIcon />, color: "default" },
  PUBLISHED: { icon: <CheckCircleIcon />, color: "success" },
  BLOCKED: { icon: <BlockIcon />, color: "error" },
  DEPRECATED: { icon: <HistoryIcon />, color: "warning" },
  RETIRED: { icon: <InventoryIcon />, color: "default" },
} as const;

/** A state as a word with a shape; colour only helps. */
export function LifecycleChip({ state }: { state: keyof typeof looks }) {
  const { icon, color } = looks[state];
  return <Chip label={state} icon={icon} color={color} variant="outlined" />;
}
