"use client";

import { type FocusEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import { focusRow } from "./member-keyboard.ts";

/** When the row with the focus is gone, the row in its place gets the focus. Returns what the list calls on focus. */
export function useFocusAfterRemoval(list: RefObject<HTMLElement | null>, count: number): (event: FocusEvent) => void {
  const last = useRef<{ position: number; control: Element } | undefined>(undefined);
  useEffect(() => {
    if (!last.current || document.activeElement !== document.body) return;
    focusRow(list.current, Math.min(last.current.position, count - 1), last.current.control);
  }, [list, count]);
  return useCallback(({ target }) => {
    const row = target.closest("[data-row]");
    last.current = row ? { position: Number(row.getAttribute("data-row")), control: target } : undefined;
  }, []);
}
