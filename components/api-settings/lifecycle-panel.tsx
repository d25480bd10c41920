"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import { useRefusal } from "@/components/ui/when-permitted.tsx";
import type { Api } from "@/lib/model/api.ts";
import { availableTransitions, type LifecycleAction } from "@/lib/model/lifecycle.ts";
import { changeLifecycleAction } from "@/lib/server/actions/change-lifecycle-action.ts";
import { LifecycleDiagram } from "./lifecycle-diagram.tsx";
import {
  askedLifecycleActions,
  lifecycleConsequences,
  lifecycleStateMeanings,
  lifecycleStateNames,
} from "./lifecycle-words.ts";

/** Where an API stands, and the buttons that move it on. */
export function LifecyclePanel({ api }: { api: Api }) {
  const router = useRouter();
  const notify = useNotify();
  const [asked, setAsked] = useState<LifecycleAction>();
  const [isChanging, startChange] = useTransition();
  const mayChange = useRefusal() === undefined;
  const transitions = mayChange ? availableTransitions(api.lifecycleState) : [];
  const missesEndpoint = mayChange && api.lifecycleState === "CREATED" && api.endpointConfig === null;

  function change(action: LifecycleAction): void {
    setAsked(undefined);
    startChange(async () => {
      const result = await changeLifecycleAction(api.id, action);
      if (result.ok) notify.success(`${api.displayName} is ${lifecycleStateNames[result.value.lifecycleState]} now.`);
      else notify.error(result.problem.message);
      router.refresh();
    });
  }

  return (
    <Box sx={{ display: "grid", gap: 3 }}>
      <LifecycleDiagram state={api.lifecycleState} />
      <Typography sx={{ "& strong": { fontWeight: 500 } }}>
        <strong>{lifecycleStateNames[api.lifecycleState]}.</strong> {lifecycleStateMeanings[api.lifecycleState]}
      </Typography>
      {missesEndpoint && (
        <Alert severity="info">
          An endpoint is missing before this API can be published.{" "}
          <Link component={NextLink} href={`/apis/${api.id}/endpoints`} underline="always">
            Configure endpoints
          </Link>
        </Alert>
      )}
      {transitions.length > 0 && (
        <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.5 }}>
          {transitions.map(({ event }, index) => (
            <Box component="li" key={event} sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 2 }}>
              <Button
                variant={index === 0 && !askedLifecycleActions.includes(event) ? "contained" : "outlined"}
                disabled={isChanging || (missesEndpoint && event === "Publish")}
                onClick={() => (askedLifecycleActions.includes(event) ? setAsked(event) : change(event))}
                sx={{ width: 208 }}
              >
                {event}
              </Button>
              <Typography variant="body2" color="textSecondary" sx={{ flex: "1 1 240px" }}>
                {lifecycleConsequences[event]}
              </Typography>
            </Box>
          ))}
        </Box>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        title={asked ? `${asked}: ${api.displayName} ${api.version}?` : ""}
        confirmLabel={asked ?? ""}
        destructive
        onCancel={() => setAsked(undefined)}
        onConfirm={() => asked && change(asked)}
      >
        {asked && lifecycleConsequences[asked]}
      </ConfirmDialog>
    </Box>
  );
}
