/** What a key does in a row of the list: go to another row, move this one, or take it out. */
export type MemberKey = { kind: "focus"; by: -1 | 1 } | { kind: "move"; by: -1 | 1 } | { kind: "remove" };

type KeyPress = { key: string; altKey: boolean; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

/** Arrows move the focus, Alt+arrows the member, Delete removes; in the URL itself Delete stays what it is to text. */
export function memberKey(press: KeyPress, isInText: boolean): MemberKey | undefined {
  if (press.ctrlKey || press.metaKey || press.shiftKey) return undefined;
  if (press.key === "ArrowUp" || press.key === "ArrowDown") {
    return { kind: press.altKey ? "move" : "focus", by: press.key === "ArrowUp" ? -1 : 1 };
  }
  return press.key === "Delete" && !press.altKey && !isInText ? { kind: "remove" } : undefined;
}

/** Puts the focus into another row of the list, on the same control as in `from` where that row has it. */
export function focusRow(list: HTMLElement | null, position: number, from: Element | null): void {
  const row = list?.querySelectorAll<HTMLElement>("[data-row]")[position];
  const control = from?.closest("[data-control]")?.getAttribute("data-control") ?? "handle";
  const target = row?.querySelector<HTMLElement>(`[data-control="${control}"]`);
  target?.focus();
}
