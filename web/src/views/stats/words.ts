/** How the values that are counted by are written. */

import { dayText } from '../../lib/state/dates.svelte.ts';
import { language, numerals, t, term } from '../../lib/state/language.svelte.ts';
import { days } from './periods.ts';

const TERMS: Record<string, string> = {
  type: 'sub', 'event-type': 'type', modality: 'modality', grade: 'grade', camp: 'camp', governorate: 'governorate', country: 'country',
};

export function periodText(key: string): string {
  const found = days(key);
  if (!found) return key;
  if (key.length === 4) return numerals(key);
  if (key.includes('W')) return t('stats.week_of', { day: dayText(found[0]) });
  return dayText(found[0], key.length === 7 ? 'month' : 'day');
}

/** `labels` hold the Arabic and the English name of an id with a slash between. */
export function valueText(by: string, key: string | null, labels: Record<string, string>): string {
  if (key === null) return t('shell.unknown');
  const list = TERMS[by];
  if (list) return term(list, key);
  const [ar, en] = (labels[key] ?? key).split(' / ');
  return (language.now === 'ar' ? ar : (en ?? ar)) || key;
}
