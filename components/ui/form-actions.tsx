"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useRefusal } from "./when-permitted.tsx";

type FormActionsProps = {
  dirty: boolean;
  saving: boolean;
  onCancel: () => void;
  /** Where given, a third button returns to what is stored without leaving. */
  onReset?: () => void;
  /** What else can be done with the form, in one group with SAVE: one contained button. */
  menu?: ReactNode;
  /** A field that belongs to the save and not to what is saved. */
  children?: ReactNode;
  /** Said beside the buttons instead of whether there are unsaved changes. */
  status?: ReactNode;
};

const joinedToNext = { borderTopRightRadius: 0, borderBottomRightRadius: 0 };
const joinedToPrevious = { borderTopLeftRadius: 0, borderBottomLeftRadius: 0, borderLeft: 1, minWidth: 36 };

/** SAVE and CANCEL of a form, in reach however long it is; nothing where nothing may be changed. */
export function FormActions({ dirty, saving, onCancel, onReset, menu, children, status }: FormActionsProps) {
  // Why not is said at the top of the page.
  if (useRefusal() !== undefined) return null;
  return (
    <Paper
      square
      sx={{
        position: "sticky",
        bottom: 0,
        zIndex: "appBar",
        mt: 4,
        py: 1.5,
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 1,
        borderTop: 1,
        borderColor: "divider",
        bgcolor: "background.default",
      }}
    >
      <Box
        sx={{ display: "flex", "& > :not(:last-child)": joinedToNext, "& > :not(:first-of-type)": joinedToPrevious }}
      >
        <Button type="submit" variant="contained" loading={saving} disabled={!dirty}>
          SAVE
        </Button>
        {menu}
      </Box>
      <Button onClick={onCancel} disabled={saving}>
        CANCEL
      </Button>
      {onReset && (
        <Button onClick={onReset} disabled={saving || !dirty}>
          Reset
        </Button>
      )}
      {children && <Box sx={{ flex: "1 1 200px", maxWidth: 360 }}>{children}</Box>}
      <Typography component="div" variant="body2" color="textSecondary" role="status" sx={{ ml: { sm: "auto" } }}>
        {status ?? (dirty ? "Unsaved changes" : "")}
      </Typography>
    </Paper>
  );
}
