/** The incidents as columns of numbers, and which of them the map shows on the days of the clock.
 *
 *  Incidents whose marks would lie on each other at a zoom are one stack: its mark stands where the one that stands for all
 *  happened, with the number of all. So what is drawn is bounded by the size of the screen and not by that of the record. */

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
  readonly type: Uint8Array;
  readonly known: Uint8Array;
  readonly toll: Uint8Array;
  readonly killed: Int32Array;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** In the map's plane, from 0 to 1. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly undated: number;
  /** How exactly the place is known: PLACES below. */
  readonly exact: Uint8Array;
}

/** Which incidents lie on each other at a zoom. */
export interface Stacks {
  readonly of: Int32Array;
  readonly number: number;
}

/** What each stack shows now: how many incidents, and which of them stands for all (-1: nothing). */
export interface Shown {
  readonly count: Int32Array;
  readonly best: Int32Array;
  readonly total: number;
  readonly places: number;
}

/** What a point stands for: a town or nearer, or that it lies somewhere within something larger. */
export const PLACES = ['town', 'district', 'governorate', 'country'] as const;

export function exactness(precision: number | null | undefined): number {
  return !precision || precision < 3 ? 0 : Math.min(precision, 5) - 2;
}

const NEVER = 2 ** 30;
const NEAR = 1e-5; // degrees

export function pointsOf(features: readonly Feature<PointProperties>[]): Points {
  const placed = features.filter((feature) => feature.geometry !== null);
  const n = placed.length;
  const points = {
    ids: placed.map((feature) => feature.properties.id),
    start: new Int32Array(n),
    end: new Int32Array(n),
    type: new Uint8Array(n),
    known: new Uint8Array(n),
    toll: new Uint8Array(n),
    killed: new Int32Array(n),
    lon: new Float64Array(n),
    lat: new Float64Array(n),
    x: new Float64Array(n),
    y: new Float64Array(n),
    undated: 0,
    exact: new Uint8Array(n),
  };
  placed.forEach((feature, i) => fill(points, i, feature));
  return points;
}

function fill(points: Omit<Points, 'undated'> & { undated: number }, i: number, { geometry, properties }: Feature<PointProperties>): void {
  const [lon, lat] = geometry!.coordinates;
  const { start, end, killed } = properties;
  if (!start && !end) points.undated += 1;
  points.lon[i] = lon;
  points.lat[i] = lat;
  points.x[i] = (180 + lon) / 360;
  points.y[i] = 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  points.start[i] = start ? dayNumber(start) : end ? dayNumber(end) : NEVER;
  points.end[i] = end ? dayNumber(end) : start ? dayNumber(start) : -NEVER;
  points.type[i] = typeIndex(properties.type);
  points.known[i] = knownAs(properties);
  points.killed[i] = killed ? (killed.best ?? killed.low) : -1;
  points.toll[i] = tollClass(points.killed[i]!);
  points.exact[i] = exactness(properties.precision);
}

const CELL = 14; // pixels: marks that are nearer hide each other

/** Zooms between which stacks stay the same, so that they do not flicker while the map is moved. */
export function level(zoom: number): number {
  return Math.round(zoom * 2) / 2;
}

export function stacksAt(points: Points, level: number): Stacks {
  const cells = (512 * 2 ** level) / CELL;
  const found = new Map<number, number>();
  const of = new Int32Array(points.ids.length);
  for (let i = 0; i < of.length; i++) {
    const key = Math.floor(points.x[i]! * cells) * 2 ** 26 + Math.floor(points.y[i]! * cells);
    let stack = found.get(key);
    if (stack === undefined) found.set(key, (stack = found.size));
    of[i] = stack;
  }
  return { of, number: found.size };
}

export function knownAs(point: Pick<PointProperties, 'modality' | 'disputed' | 'grade' | 'voices'>): number {
  if (point.modality !== 'happened' || point.disputed || point.grade === 'discounted') return ALLEGED;
  return point.voices < 2 || point.grade === 'weak' || point.grade === 'contested' ? ONE_VOICE : BORNE_OUT;
}

export function tollClass(killed: number): number {
  return killed < 1 ? 0 : killed < 5 ? 1 : killed < 20 ? 2 : killed < 100 ? 3 : 4;
}

/** What touches the days from..to, stack by stack. What stands for one is what is best borne out of the highest toll. */
export function shown(points: Points, stacks: Stacks, from: number, to: number): Shown {
  const { start, end, toll, known } = points;
  const count = new Int32Array(stacks.number);
  const best = new Int32Array(stacks.number).fill(-1);
  const rank = new Int32Array(stacks.number);
  let [total, places] = [0, 0];
  for (let i = 0; i < start.length; i++) {
    if (start[i]! > to || end[i]! < from) continue;
    const at = stacks.of[i]!;
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

/** How many of those without a point touch the days from..to. */
export function unplacedWithin(days: readonly (readonly [string | null, string | null])[], from: number, to: number): number {
  return days.filter(([start, end]) => {
    const [first, last] = [start ?? end, end ?? start];
    return first !== null && last !== null && dayNumber(first) <= to && dayNumber(last) >= from;
  }).length;
}

/** The box of what a stack shows, as "west,south,east,north", a little wider than its points. */
export function boxOf(points: Points, stacks: Stacks, stack: number, from: number, to: number): string {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let i = 0; i < points.start.length; i++) {
    if (stacks.of[i] !== stack || points.start[i]! > to || points.end[i]! < from) continue;
    [west, east] = [Math.min(west, points.lon[i]!), Math.max(east, points.lon[i]!)];
    [south, north] = [Math.min(south, points.lat[i]!), Math.max(north, points.lat[i]!)];
  }
  return [west - NEAR, south - NEAR, east + NEAR, north + NEAR].map((n) => n.toFixed(5)).join(',');
}
