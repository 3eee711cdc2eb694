/** Days are ISO text, as in the record; counted as whole days since 1970 where they are compared. */

export const DAY = 86_400_000;

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY);
}

export function isoDay(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** The first or the last day of a day, a month or a year ("2015-10"), as the server understands it; what is none of them stays. */
export function edgeOf(text: string | undefined, last: boolean): string | undefined {
  const [, year, month] = /^(\d{4})(?:-(\d\d?))?$/.exec(text?.trim() ?? '') ?? [];
  if (!year) return text;
  const of = month === undefined ? (last ? 12 : 1) : Number(month);
  return isoDay(Date.UTC(Number(year), last ? of : of - 1, last ? 0 : 1) / DAY);
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayNumber(text));
}
