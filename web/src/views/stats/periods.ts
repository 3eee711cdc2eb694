/** Days, weeks, months and years as the API writes them, and every one between the first and the last: time has no gaps. */

import { DAY, dayNumber, isoDay } from '../../lib/dates.ts';

export type Step = 'day' | 'week' | 'month' | 'year';
export const STEPS: readonly Step[] = ['day', 'week', 'month', 'year'];

/** The first and the last day of a period ("2015", "2015-03", "2015-W09", "2015-03-04"); null: no such period. */
export function days(period: string): readonly [string, string] | null {
  const week = /^(\d{4})-W(\d\d)$/.exec(period);
  if (week) return weekDays(Number(week[1]), Number(week[2]));
  if (/^\d{4}$/.test(period)) return [`${period}-01-01`, `${period}-12-31`];
  if (/^\d{4}-\d\d$/.test(period)) {
    const [year, month] = period.split('-').map(Number);
    return [`${period}-01`, isoDay(Date.UTC(year!, month!, 0) / DAY)];
  }
  return /^\d{4}-\d\d-\d\d$/.test(period) ? [period, period] : null;
}

/** Weeks begin on Monday; the first one of a year holds its fourth of January. */
function weekDays(year: number, week: number): readonly [string, string] {
  const fourth = dayNumber(`${year}-01-04`);
  const monday = fourth - weekday(fourth) + 7 * (week - 1);
  return [isoDay(monday), isoDay(monday + 6)];
}

/** Monday is 0. The first of January 1970 was a Thursday. */
function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function period(step: Step, day: number): string {
  const text = isoDay(day);
  if (step === 'year') return text.slice(0, 4);
  if (step === 'month') return text.slice(0, 7);
  if (step === 'day') return text;
  const thursday = isoDay(day - weekday(day) + 3);
  const year = thursday.slice(0, 4);
  const first = dayNumber(weekDays(Number(year), 1)[0]);
  return `${year}-W${String(Math.floor((day - first) / 7) + 1).padStart(2, '0')}`;
}

/** All periods from the first to the last; at most `most` of them. */
export function all(step: Step, first: string, last: string, most = 40_000): string[] {
  const [begin, end] = [days(first), days(last)];
  if (!begin || !end) return [];
  const found: string[] = [];
  let day = dayNumber(begin[0]);
  const stop = dayNumber(end[0]);
  while (day <= stop && found.length < most) {
    const one = period(step, day);
    found.push(one);
    day = dayNumber(days(one)![1]) + 1;
  }
  return found;
}

/** Round numbers from nought to the highest, for an axis: three to six of them, always whole. */
export function ticks(highest: number): number[] {
  const rough = Math.max(highest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((of) => of * power).find((of) => of >= rough) ?? 10 * power);
  const found = [0];
  while (found[found.length - 1]! < highest) found.push(found[found.length - 1]! + step);
  return found.length > 1 ? found : [0, 1];
}
