import { fieldValues } from "./headers.ts";

const months = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const time = "(?<time>\\d{2}:\\d{2}:\\d{2})";

/** The three forms of a date that a recipient has to know: IMF-fixdate, RFC 850 and asctime. RFC 9110 §5.6.7. */
const dateForms = [
  new RegExp(`^[A-Z][a-z]{2}, (?<day>\\d{2}) ${months} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^[A-Z][a-z]{5,8}, (?<day>\\d{2})-${months}-(?<year>\\d{2}) ${time} GMT$`),
  new RegExp(`^[A-Z][a-z]{2} ${months} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/**
 * How long an endpoint asks to be left alone by `Retry-After`, ms; 0 for a time that has passed, undefined where it says
 * nothing or nothing that can be read. RFC 9110 §10.2.3.
 *
 * @param wallClockMs ms since the epoch
 */
export function retryAfterMs(rawHeaders: readonly string[], wallClockMs: number): number | undefined {
  return retryAfterValueMs(fieldValues(rawHeaders, "retry-after")[0]?.trim(), wallClockMs);
}

/** The same for the field's value. */
export function retryAfterValueMs(value: string | undefined, wallClockMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const dateMs = httpDateMs(value, wallClockMs);
  return dateMs === undefined ? undefined : Math.max(0, dateMs - wallClockMs);
}

/** A date of HTTP in ms since the epoch. RFC 9110 §5.6.7. */
function httpDateMs(value: string, wallClockMs: number): number | undefined {
  for (const form of dateForms) {
    const parts = form.exec(value)?.groups;
    if (!parts) continue;
    const { day = "", month = "", year = "", time = "" } = parts;
    const dateMs = Date.parse(`${day.trim()} ${month} ${fullYear(year, wallClockMs)} ${time} GMT`);
    return Number.isNaN(dateMs) ? undefined : dateMs;
  }
  return undefined;
}

/** Two digits mean the year that is at most 50 years ahead. RFC 9110 §5.6.7. */
function fullYear(digits: string, wallClockMs: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(wallClockMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  if (year > thisYear + 50) return year - 100;
  return year <= thisYear - 50 ? year + 100 : year;
}
