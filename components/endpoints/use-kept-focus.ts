"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { focusRow } from "./member-keyboard.ts";

/**
 * When the row with the focus is drawn anew in another pool, the focus goes with it; when it is gone, the row in its
 * place gets the focus. Returns what the list calls with the element that has the focus.
 *
 * @param order changes whenever rows come, go or move
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, order: string): (focused: Element | null) => void {
  const last = useRef<{ id: string; position: number; control: Element } | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what may have taken the focus away.
  useEffect(() => {
    if (!last.current || document.activeElement !== document.body) return;
    const { id, position, control } = last.current;
    const rows = Array.from(list.current?.querySelectorAll("[data-row]") ?? []);
    const moved = rows.findIndex((row) => row.getAttribute("data-endpoint") === id);
    focusRow(list.current, moved < 0 ? Math.min(position, rows.length - 1) : moved, control);
  }, [list, order]);
  return useCallback((target) => {
    const row = target?.closest("[data-row]");
    last.current =
      row && target
        ? {
            id: row.getAttribute("data-endpoint") ?? "",
            position: Number(row.getAttribute("data-row")),
            control: target,
          }
        : undefined;
  }, []);
}
