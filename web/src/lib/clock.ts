/** The one clock of a page: a moment, a window or a growing window, in whole days. Knows nothing of the page. */

import { dayNumber, isDay, isoDay } from './dates.ts';

export type Mode = 'moment' | 'window' | 'growing';
export const MODES: readonly Mode[] = ['moment', 'window', 'growing'];

/** Days as numbers. What touches [from, to] is shown; of a moment both are the same day. */
export interface Clock {
  readonly mode: Mode;
  readonly from: number;
  readonly to: number;
}
export interface Extent {
  readonly first: number;
  readonly last: number;
}

export interface Written {
  clock?: string | undefined;
  at?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The days of a record, from its first to its last; where they are not known, those of the years it is about. */
export function wholeExtent(first: string | null | undefined, last: string | null | undefined): Extent {
  return { first: dayNumber(first ?? '2011-01-01'), last: dayNumber(last ?? '2024-12-31') };
}

/** What a clock spans: all, or the part of it ("first,last") that a reader looks at more closely. */
export function partOf(whole: Extent, span: string | undefined): Extent {
  const [first, last] = (span ?? '').split(',');
  return isDay(first) && isDay(last) && first < last ? { first: dayNumber(first), last: dayNumber(last) } : whole;
}

/** A day alone is a moment. Where a list has been given other days since, the clock is a window of these. */
function modeOf({ clock, at, from, to }: Written, extent: Extent): Mode {
  const mode = MODES.find((one) => one === clock) ?? (isDay(at) ? 'moment' : 'window');
  if (mode === 'window' || !isDay(from)) return mode;
  const other = mode === 'moment' ? !isDay(at) && from !== to : dayNumber(from) > extent.first;
  return other ? 'window' : mode;
}

export function readClock(written: Written, extent: Extent): Clock {
  const mode = modeOf(written, extent);
  const from = isDay(written.from) ? dayNumber(written.from) : extent.first;
  const to = isDay(written.to) ? dayNumber(written.to) : extent.last;
  if (mode === 'moment') {
    const at = isDay(written.at) ? dayNumber(written.at) : to;
    return { mode, from: at, to: at };
  }
  return { mode, from: mode === 'growing' ? Math.min(extent.first, from) : Math.min(from, to), to: Math.max(from, to) };
}

/** As the address holds it; what is as if nothing was chosen is left out. */
export function writeClock(clock: Clock, extent: Extent): { clock: string; at: string; from: string; to: string } {
  const { mode, from, to } = clock;
  if (mode === 'moment') return { clock: mode, at: isoDay(to), from: '', to: '' };
  return {
    clock: mode === 'window' ? '' : mode,
    at: '',
    from: mode === 'growing' || from <= extent.first ? '' : isoDay(from),
    to: to >= extent.last ? '' : isoDay(to),
  };
}

/** The first and the last day that a clock shows, as conditions; empty where nothing is left out. */
export function daysShown({ mode, from, to }: Clock, whole: Extent): { from: string[]; to: string[] } {
  const moment = mode === 'moment';
  return { from: moment || from > whole.first ? [isoDay(from)] : [], to: moment || to < whole.last ? [isoDay(to)] : [] };
}

export function inMode(clock: Clock, mode: Mode, extent: Extent): Clock {
  if (mode === clock.mode) return clock;
  if (mode === 'moment') return { mode, from: clock.to, to: clock.to };
  if (mode === 'growing') return { mode, from: extent.first, to: clock.to };
  const width = clock.mode === 'moment' ? 30 : clock.to - clock.from;
  return { mode, from: Math.max(extent.first, clock.to - width), to: clock.to };
}

/** Moved by days, staying within the extent: a window keeps its width, a growing one its beginning. */
export function moved(clock: Clock, days: number, extent: Extent): Clock {
  const { mode, from, to } = clock;
  if (mode === 'growing') return { mode, from, to: clamp(to + days, extent.first, extent.last) };
  const width = to - from;
  const end = clamp(to + days, Math.min(extent.first + width, extent.last), extent.last);
  return { mode, from: end - width, to: end };
}

/** How many days one step is: a day for a short record, up to a month for one of many years. */
export function stepDays(extent: Extent): number {
  const days = extent.last - extent.first;
  return days <= 400 ? 1 : days <= 2500 ? 7 : 30;
}

export type Step = 'day' | 'week' | 'month' | 'year';

/** The width of the bars: as fine as leaves a bar a few pixels. */
export function barStep(extent: Extent): Step {
  const days = extent.last - extent.first;
  return days <= 120 ? 'day' : days <= 900 ? 'week' : days <= 9000 ? 'month' : 'year';
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
