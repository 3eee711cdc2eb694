/** What stands in a cell of a table: kinds of values, how they are sorted, and nothing of how they look. */

import { named, term } from '../../lib/state/language.svelte.ts';
import type { Actor, DateRange, Grade, GradeName, Modality, Place, Status, Toll } from '../../lib/types.ts';

export type Cell =
  | { readonly is: 'date'; readonly date: DateRange | null }
  | { readonly is: 'day'; readonly day: string | null; readonly none?: string }
  | { readonly is: 'type'; readonly type: string; readonly sub: string; readonly hollow: boolean; readonly href: string }
  | { readonly is: 'place'; readonly place: Place | null }
  | { readonly is: 'actors'; readonly actors: readonly Actor[]; readonly accused?: ReadonlySet<string>; readonly none?: boolean }
  | { readonly is: 'toll'; readonly toll: Toll | null }
  | { readonly is: 'number'; readonly number: number | null }
  | { readonly is: 'text'; readonly text: string; readonly href?: string; readonly by?: string }
  | { readonly is: 'known'; readonly modality: Modality; readonly disputed: boolean; readonly background: boolean; readonly grade: Grade | null; readonly by: 'grade' | 'modality' }
  | { readonly is: 'status'; readonly status: Status; readonly text: string };

/** As the codebook has them, and as the server orders them. */
const GRADES: readonly GradeName[] = ['confirmed', 'fair', 'weak', 'contested', 'discounted'];
const MODALITIES: readonly Modality[] = ['happened', 'attempted', 'planned', 'denied'];

/** What a cell is sorted by; null stands last in both directions. */
export function weight(cell: Cell): string | number | null {
  switch (cell.is) {
    case 'date':
      return cell.date?.start ?? cell.date?.end ?? null;
    case 'day':
      return cell.day;
    case 'type':
      return term('sub', cell.sub);
    case 'place':
      return cell.place ? named(cell.place) : null;
    case 'actors':
      return cell.actors[0] ? named(cell.actors[0]) : null;
    case 'toll':
      return cell.toll ? (cell.toll.best ?? cell.toll.low) : null;
    case 'number':
      return cell.number;
    case 'known':
      return cell.by === 'modality' ? MODALITIES.indexOf(cell.modality) : cell.grade && GRADES.indexOf(cell.grade.grade);
    case 'text':
      return cell.by ?? (cell.text || null);
    case 'status':
      return cell.text;
  }
}

/** Rows in the order of their cells; equal ones keep the order they came in. */
export function sorted<T>(rows: readonly T[], cell: (row: T) => Cell, falling: boolean, locale: string): T[] {
  const compare = new Intl.Collator(locale, { numeric: true });
  const sign = falling ? -1 : 1;
  const held = rows.map((row) => ({ row, by: weight(cell(row)) }));
  held.sort((a, b) => {
    if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
    if (typeof a.by === 'number' && typeof b.by === 'number') return sign * (a.by - b.by);
    return sign * compare.compare(String(a.by), String(b.by));
  });
  return held.map((one) => one.row);
}
