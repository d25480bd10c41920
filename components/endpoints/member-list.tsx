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
import FormHelperText from "@mui/material/FormHelperText";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from "react";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { dropTargets, type MemberPlace, placeOfDrop, poolName, stepFrom } from "./draft-pools.ts";
import { type GroupKind, keyTypeNames } from "./endpoint-words.ts";
import type { DraftEndpoint, DraftGroup } from "./endpoints-draft.ts";
import { useEndpointsFormActions } from "./endpoints-form-context.ts";
import { focusRow, memberKey } from "./member-keyboard.ts";
import { useKeptFocus } from "./use-kept-focus.ts";

type MemberListProps = {
  keyType: KeyType;
  kind: GroupKind;
  group: DraftGroup;
  /** The rows, given why none of them can be taken out and the id of what tells the keys. */
  children: (keepReason: string | undefined, keyboardHelpId: string) => ReactNode;
};

/** Lets the rows of a group be moved by drag and by keyboard, within their pool and into another, and be taken out. */
export function MemberList({ keyType, kind, group, children }: MemberListProps) {
  const { endpoints } = group;
  const { announce, moveEndpoint, removeEndpoint } = useEndpointsFormActions();
  const helpId = useId();
  const list = useRef<HTMLDivElement>(null);
  const sensors = useSensors(useSensor(PointerSensor, pointerOptions));
  const targets = dropTargets(group, kind === "tiered").join(" ");
  const items = useMemo(() => targets.split(" "), [targets]);
  const keepFocus = useKeptFocus(list, targets);
  const keepReason =
    endpoints.length > 1
      ? undefined
      : `The only endpoint of a group stays: edit its URL, or untick ${keyTypeNames[keyType]} Endpoint.`;

  function move(endpoint: DraftEndpoint, place: MemberPlace): void {
    const { pool } = place;
    moveEndpoint(keyType, endpoint, place, pool === undefined ? undefined : poolName(group.pools.indexOf(pool)));
  }

  function moveDropped({ active, over }: DragEndEvent): void {
    const endpoint = endpoints.find(({ id }) => id === active.id);
    const place = placeOfDrop(items, String(active.id), String(over?.id));
    if (endpoint && place) move(endpoint, place);
  }

  function handleKey(event: KeyboardEvent<HTMLElement>): void {
    const target = event.target instanceof Element ? event.target : null;
    const position = Number(target?.closest("[data-row]")?.getAttribute("data-row") ?? -1);
    const endpoint = endpoints[position];
    const meaning = memberKey(event, target instanceof HTMLInputElement);
    // Menus and fields of a check's answer have keys of their own.
    if (!meaning || !endpoint || !target?.closest("[data-control]")) return;
    event.preventDefault();
    keepFocus(target); // A focus from before the page was ready has not been heard of.
    if (meaning.kind === "focus") focusRow(list.current, position + meaning.by, target);
    else if (meaning.kind === "remove") {
      if (keepReason === undefined) removeEndpoint(keyType, endpoint, position);
      else announce(keepReason);
    } else {
      const place = stepFrom(group, position, meaning.by);
      if (place) move(endpoint, place);
    }
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
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons and fields in it. */}
          <div ref={list} onKeyDown={handleKey} onFocus={({ target }) => keepFocus(target)}>
            {children(keepReason, helpId)}
          </div>
        </SortableContext>
      </DndContext>
      <FormHelperText id={helpId} sx={{ mx: 0 }}>
        Drag to reorder, or press Alt + ↑ or ↓{kind === "tiered" && ", into the next pool too"}. Arrow keys go from row
        to row, Delete takes one out.
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
