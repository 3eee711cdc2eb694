/** Days are ISO text, as in the record; counted as whole days since 1970 where they are compared. */

export const DAY = 86_400_000;

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY);
}

export function isoDay(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayNumber(text));
}
