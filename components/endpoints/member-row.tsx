"use client";

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import DeleteOutlined from "@mui/icons-material/DeleteOutlined";
import DragIndicator from "@mui/icons-material/DragIndicator";
import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import useMediaQuery from "@mui/material/useMediaQuery";
import { memo, useId, useState } from "react";
import { MemberLiveLine } from "@/components/live/member-live-line.tsx";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { EndpointButtons } from "./endpoint-buttons.tsx";
import { EndpointCheckLine } from "./endpoint-check-line.tsx";
import type { GroupKind } from "./endpoint-words.ts";
import type { DraftEndpoint } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { MemberShare, MemberTurn } from "./member-share.tsx";
import { MemberUrlField } from "./member-url-field.tsx";
import { MemberWeightField } from "./member-weight-field.tsx";
import { type CheckManner, useEndpointCheck } from "./use-endpoint-check.ts";

type MemberRowProps = {
  keyType: KeyType;
  kind: GroupKind;
  endpoint: DraftEndpoint;
  position: number;
  /** Endpoints of the whole group. */
  count: number;
  /** Of the load that it shares with others, from 0 to 1; undefined where there is none to share. */
  share: number | undefined;
  /** How it differs from what is stored. */
  mark: "New" | "Edited" | undefined;
  urlProblem: string | undefined;
  weightProblem: string | undefined;
  settingsProblem: string | undefined;
  /** Why it cannot be taken out. */
  keepReason: string | undefined;
  keyboardHelpId: string;
};

/** One endpoint of a group: where it stands, its URL, its share, and what can be done with it. */
export const MemberRow = memo(function MemberRow(props: MemberRowProps) {
  const { keyType, kind, endpoint, position, count, share, mark, weightProblem, keepReason } = props;
  const problemId = useId();
  const { announce, openSettings, removeEndpoint } = useEndpointsFormActions();
  const { state, check, hide } = useEndpointCheck(endpoint.url);
  const [manner, setManner] = useState<CheckManner>({ method: "GET", path: "" });
  const stillness = useMediaQuery("(prefers-reduced-motion: reduce)");
  const transition = stillness ? null : { duration: 150, easing: "ease" };
  const {
    setNodeRef,
    setActivatorNodeRef,
    listeners,
    transform,
    transition: moving,
    isDragging,
  } = useSortable({
    id: endpoint.id,
    transition,
  });
  return (
    <Box
      component="li"
      ref={setNodeRef}
      data-row={position}
      data-endpoint={endpoint.id}
      aria-label={`Endpoint ${position + 1} of ${count}`}
      style={{ transform: CSS.Translate.toString(transform), transition: moving }}
      sx={{
        listStyle: "none",
        position: "relative",
        zIndex: isDragging ? 1 : "auto",
        bgcolor: "background.paper",
        boxShadow: isDragging ? 4 : 0,
        borderTop: 1,
        borderColor: "divider",
        px: 1,
        py: 1,
        "&:focus-within": { bgcolor: isDragging ? "background.paper" : "action.hover" },
      }}
    >
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 1 }}>
        <IconButton
          ref={setActivatorNodeRef}
          {...listeners}
          size="small"
          data-control="handle"
          aria-label={`Move endpoint ${position + 1}`}
          aria-describedby={props.keyboardHelpId}
          sx={{ cursor: isDragging ? "grabbing" : "grab", touchAction: "none", color: "text.secondary" }}
        >
          <DragIndicator fontSize="small" />
        </IconButton>
        <MemberUrlField
          {...{ keyType, endpoint, position, mark }}
          problem={props.urlProblem ?? props.settingsProblem}
        />
        {share === undefined ? (
          <MemberTurn position={position} />
        ) : (
          <Box sx={{ display: "flex", alignItems: "center", gap: 1.5 }}>
            <MemberWeightField
              {...{ keyType, endpoint }}
              problemId={weightProblem === undefined ? undefined : problemId}
            />
            <MemberShare share={share} of={kind === "tiered" ? "of pool" : "of calls"} />
          </Box>
        )}
        <Box sx={{ display: "flex", ml: "auto" }}>
          <EndpointButtons
            settings={endpoint.settings}
            onCheck={() => check(manner)}
            onOpenSettings={() => openSettings(keyType, endpoint.id)}
          />
          <Tooltip title={keepReason ?? "Delete endpoint"}>
            <IconButton
              aria-label="Delete endpoint"
              data-control="delete"
              aria-disabled={keepReason !== undefined}
              onClick={() =>
                keepReason === undefined ? removeEndpoint(keyType, endpoint, position) : announce(keepReason)
              }
              sx={{ opacity: keepReason === undefined ? 1 : 0.4 }}
            >
              <DeleteOutlined fontSize="small" />
            </IconButton>
          </Tooltip>
        </Box>
      </Box>
      {weightProblem !== undefined && (
        <FormHelperText id={problemId} error sx={{ ml: 5 }}>
          {weightProblem}
        </FormHelperText>
      )}
      <Box sx={{ pl: { sm: 9 } }}>
        <MemberLiveLine {...{ keyType }} endpointId={endpoint.id} name={`${keyType} endpoint ${position + 1}`} />
      </Box>
      {state && (
        <EndpointCheckLine
          state={state}
          manner={manner}
          onMannerChange={setManner}
          onCheck={() => check(manner)}
          onHide={hide}
        />
      )}
    </Box>
  );
});
