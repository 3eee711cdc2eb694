/** How a day and a span of days are written in the language of the page. */

import { DAY, dayNumber } from '../dates.ts';
import { language, t } from './language.svelte.ts';

type Fineness = 'day' | 'short' | 'month' | 'year';
const PARTS: Record<Fineness, Intl.DateTimeFormatOptions> = {
  day: { year: 'numeric', month: 'long', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  year: { year: 'numeric' },
};

export function dayText(day: string, fineness: Fineness = 'day'): string {
  const format = new Intl.DateTimeFormat(language.locale, { ...PARTS[fineness], timeZone: 'UTC' });
  return format.format(dayNumber(day) * DAY);
}

/** One day, or from the first to the last; null where nothing is known. */
export function spanText(start: string | null, end: string | null): string {
  if (!start && !end) return t('parts.date_untold');
  if (!start || !end || start === end) return dayText((start ?? end)!);
  const format = new Intl.DateTimeFormat(language.locale, { ...PARTS.day, timeZone: 'UTC' });
  return format.formatRange(dayNumber(start) * DAY, dayNumber(end) * DAY);
}
