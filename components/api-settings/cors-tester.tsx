"use client";

import Button from "@mui/material/Button";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Cors } from "@/lib/model/cors.ts";

const CorsTestForm = dynamic(() => import("./cors-test-form.tsx").then((module) => module.CorsTestForm), {
  loading: () => null,
});

/** Opens the test of what a browser would do with a call; its rules come when they are asked for. */
export function CorsTester({ cors }: { cors: Cors }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <CorsTestForm cors={cors} />;
  return (
    <Button variant="outlined" onClick={() => setOpen(true)} sx={{ justifySelf: "start", alignSelf: "start" }}>
      Test CORS
    </Button>
  );
}
