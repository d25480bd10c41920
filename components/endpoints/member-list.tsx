"use client";

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  type Modifier,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import { type KeyboardEvent, useId, useMemo, useRef } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { type GroupKind, keyTypeNames } from "./endpoint-words.ts";
import type { DraftEndpoint, DraftGroup } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { focusRow, memberKey } from "./member-keyboard.ts";
import { MemberRow } from "./member-row.tsx";
import { useFocusAfterRemoval } from "./use-focus-after-removal.ts";

type MemberListProps = {
  keyType: KeyType;
  kind: GroupKind;
  label: string;
  group: DraftGroup;
  markOf: (endpoint: DraftEndpoint) => "New" | "Edited" | undefined;
  urlProblemOf: (id: string) => string | undefined;
  settingsProblemOf: (id: string) => string | undefined;
};

/** Every endpoint of a group in order, the first included: edited in place, moved by drag or keyboard, taken out. */
export function MemberList(props: MemberListProps) {
  const { keyType, kind, label, group, markOf, urlProblemOf, settingsProblemOf } = props;
  const { endpoints } = group;
  const { announce, moveEndpoint, removeEndpoint } = useEndpointsFormActions();
  const helpId = useId();
  const list = useRef<HTMLUListElement>(null);
  const keepFocus = useFocusAfterRemoval(list, endpoints.length);
  const sensors = useSensors(useSensor(PointerSensor, pointerOptions));
  const ids = endpoints.map(({ id }) => id).join(" ");
  const items = useMemo(() => ids.split(" "), [ids]);
  const keepReason =
    endpoints.length > 1
      ? undefined
      : `The only endpoint of a group stays: edit its URL, or untick ${keyTypeNames[keyType]} Endpoint.`;

  function moveDropped({ active, over }: DragEndEvent): void {
    const endpoint = endpoints.find(({ id }) => id === active.id);
    const position = endpoints.findIndex(({ id }) => id === over?.id);
    if (endpoint && position >= 0 && over?.id !== active.id) moveEndpoint(keyType, endpoint, position);
  }

  function handleKey(event: KeyboardEvent<HTMLUListElement>): void {
    const target = event.target instanceof Element ? event.target : null;
    const position = Number(target?.closest("[data-row]")?.getAttribute("data-row") ?? -1);
    const endpoint = endpoints[position];
    const meaning = memberKey(event, target instanceof HTMLInputElement);
    // Menus and fields of a check's answer have keys of their own.
    if (!meaning || !endpoint || !target?.closest("[data-control]")) return;
    event.preventDefault();
    if (meaning.kind === "focus") focusRow(list.current, position + meaning.by, target);
    else if (meaning.kind === "move") moveEndpoint(keyType, endpoint, position + meaning.by);
    else if (keepReason === undefined) removeEndpoint(keyType, endpoint, position);
    else announce(keepReason);
  }

  return (
    <>
      <DndContext
        id={`${keyType}-members`} // Otherwise numbered differently on server and client.
        sensors={sensors}
        collisionDetection={closestCenter}
        modifiers={vertically}
        accessibility={silently}
        onDragEnd={moveDropped}
      >
        <SortableContext items={items} strategy={verticalListSortingStrategy}>
          <Box
            component="ul"
            ref={list}
            aria-label={label}
            onKeyDown={handleKey}
            onFocus={keepFocus}
            sx={{ m: 0, p: 0 }}
          >
            {endpoints.map((endpoint, position) => (
              <MemberRow
                key={endpoint.id}
                {...{ keyType, kind, endpoint, position, keepReason }}
                count={endpoints.length}
                mark={markOf(endpoint)}
                urlProblem={urlProblemOf(endpoint.id)}
                settingsProblem={settingsProblemOf(endpoint.id)}
                keyboardHelpId={helpId}
              />
            ))}
          </Box>
        </SortableContext>
      </DndContext>
      <FormHelperText id={helpId} sx={{ mx: 0 }}>
        Drag to reorder, or press Alt + ↑ or ↓. Arrow keys go from row to row, Delete takes one out.
      </FormHelperText>
    </>
  );
}

// Everything that DndContext and SortableContext get keeps its identity, or every key stroke would render every row.
const pointerOptions = { activationConstraint: { distance: 5 } };
const vertically: Modifier[] = [({ transform }) => ({ ...transform, x: 0 })];
/** Changes are announced by the form, in the words of the form. */
const silently = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
};
