"use client";

import AddIcon from "@mui/icons-material/LibraryAddOutlined";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogTitle from "@mui/material/DialogTitle";
import dynamic from "next/dynamic";
import { useState } from "react";

// On every page of an API, and hardly ever opened.
const NewVersionForm = dynamic(() => import("./new-version-form.tsx").then((module) => module.NewVersionForm), {
  loading: () => null,
});

/** Copies an API into a new version of it, which begins as CREATED. */
export function NewVersionButton({ api }: { api: { id: string; name: string; version: string } }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button startIcon={<AddIcon />} onClick={() => setOpen(true)}>
        Create New Version
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} aria-labelledby="new-version" maxWidth="xs">
        <DialogTitle id="new-version">Create New Version</DialogTitle>
        {isOpen && <NewVersionForm api={api} onClose={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}
