/** The incidents as columns of numbers, and which of them a place shows on the days of the clock. */

import { dayNumber } from '../../lib/dates.ts';
import type { Feature, PointProperties } from '../../lib/types.ts';
import { typeIndex } from '../../lib/types_of_event.ts';

/** How an incident is known, which decides how it is drawn. */
export const BORNE_OUT = 0;
export const ONE_VOICE = 1;
export const ALLEGED = 2;
/** The radius, in pixels, by class of toll: none told, 1-4, 5-19, 20-99, 100 and more. */
export const RADII = [5.5, 7, 9, 12, 16] as const;

export interface Points {
  readonly ids: readonly string[];
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly stack: Int32Array;
  readonly type: Uint8Array;
  readonly known: Uint8Array;
  readonly toll: Uint8Array;
  readonly killed: Int32Array;
  /** Longitude and latitude of each place that has incidents. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly undated: number;
}

/** What is shown at each place now: how many incidents, and which of them stands for all. */
export interface Shown {
  readonly count: Int32Array;
  readonly best: Int32Array;
  readonly total: number;
  readonly places: number;
}

const NEVER = 2 ** 30;

export function pointsOf(features: readonly Feature<PointProperties>[]): Points {
  const placed = features.filter((feature) => feature.geometry !== null);
  const stacks = new Map<string, number>();
  const lon: number[] = [];
  const lat: number[] = [];
  const n = placed.length;
  const columns = {
    ids: placed.map((feature) => feature.properties.id),
    start: new Int32Array(n),
    end: new Int32Array(n),
    stack: new Int32Array(n),
    type: new Uint8Array(n),
    known: new Uint8Array(n),
    toll: new Uint8Array(n),
    killed: new Int32Array(n),
  };
  let undated = 0;
  placed.forEach(({ geometry, properties }, i) => {
    const [x, y] = geometry!.coordinates;
    const key = `${x},${y}`;
    let stack = stacks.get(key);
    if (stack === undefined) {
      stacks.set(key, (stack = lon.length));
      lon.push(x);
      lat.push(y);
    }
    const { start, end } = properties;
    if (!start && !end) undated += 1;
    columns.start[i] = start ? dayNumber(start) : end ? dayNumber(end) : NEVER;
    columns.end[i] = end ? dayNumber(end) : start ? dayNumber(start) : -NEVER;
    columns.stack[i] = stack;
    columns.type[i] = typeIndex(properties.type);
    columns.known[i] = knownAs(properties);
    columns.killed[i] = properties.killed ? (properties.killed.best ?? properties.killed.low) : -1;
    columns.toll[i] = tollClass(columns.killed[i]!);
  });
  return { ...columns, lon: Float64Array.from(lon), lat: Float64Array.from(lat), undated };
}

export function knownAs(point: Pick<PointProperties, 'modality' | 'disputed' | 'grade' | 'voices'>): number {
  if (point.modality !== 'happened' || point.disputed || point.grade === 'discounted') return ALLEGED;
  return point.voices < 2 || point.grade === 'weak' || point.grade === 'contested' ? ONE_VOICE : BORNE_OUT;
}

export function tollClass(killed: number): number {
  return killed < 1 ? 0 : killed < 5 ? 1 : killed < 20 ? 2 : killed < 100 ? 3 : 4;
}

/** What touches the days from..to, place by place. What stands for a place is what is best borne out of the highest toll. */
export function shown(points: Points, from: number, to: number): Shown {
  const { start, end, stack, toll, known } = points;
  const count = new Int32Array(points.lon.length);
  const best = new Int32Array(points.lon.length).fill(-1);
  const rank = new Int32Array(points.lon.length);
  let [total, places] = [0, 0];
  for (let i = 0; i < start.length; i++) {
    if (start[i]! > to || end[i]! < from) continue;
    const at = stack[i]!;
    const own = toll[i]! * 4 + (3 - known[i]!);
    if (!count[at]!++) places += 1;
    total += 1;
    if (best[at]! < 0 || own > rank[at]!) {
      best[at] = i;
      rank[at] = own;
    }
  }
  return { count, best, total, places };
}

/** The incidents that are shown at a place, highest toll first. */
export function membersOf(points: Points, place: number, from: number, to: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < points.stack.length; i++) {
    if (points.stack[i] === place && points.start[i]! <= to && points.end[i]! >= from) found.push(i);
  }
  return found.sort((a, b) => points.killed[b]! - points.killed[a]! || points.start[b]! - points.start[a]!);
}
