/** The time zone of this browser. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** An instant as a datetime-local field holds it, in this browser's time zone. */
export function localTimeText(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = [String(instant.getFullYear()).padStart(4, "0"), two(instant.getMonth() + 1), two(instant.getDate())];
  return `${date.join("-")}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}

export function nextFullHour(now: Date): Date {
  const next = new Date(now);
  next.setHours(next.getHours() + 1, 0, 0, 0);
  return next;
}
