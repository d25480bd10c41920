/** An instant as people of a time zone read it: "Fri 31 Jan 2030, 22:00 (Europe/Berlin, GMT+1)". */
export function timeInZone(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
    ...{ timeZone, timeZoneName: "shortOffset" },
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const date = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`;
  const zone = timeZone === "UTC" ? "UTC" : `${timeZone}, ${part("timeZoneName")}`;
  return `${date}, ${part("hour")}:${part("minute")} (${zone})`;
}
