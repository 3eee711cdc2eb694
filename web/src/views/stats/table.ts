/** The figures as a table: the twin of the chart, for reading row by row. */

import type { StatsRow, Sum } from '../../lib/reading.ts';
import { href } from '../../lib/state/here.svelte.ts';
import type { Cell } from '../list/cells.ts';
import type { AnyList, Column } from '../list/lists.ts';
import { days, type Step, STEPS } from './periods.ts';
import { periodText, valueText } from './words.ts';

const CONDITION: Record<string, string> = {
  'event-type': 'type', type: 'type', modality: 'modality', grade: 'grade', camp: 'camp', actor: 'actor', source: 'source',
  governorate: 'governorate', place: 'place', country: 'country',
};

export function figures(by: string, labels: Record<string, string>): AnyList {
  const timed = STEPS.includes(by as Step);
  const beside: Column<StatsRow>[] = timed
    ? [number('across', (row) => row.across), number('articles', (row) => row.articles), number('outlets', (row) => row.outlets)]
    : [];
  return {
    name: 'figures',
    key: (row: StatsRow) => row.keys.join(' '),
    order: timed ? ['value', 'ascending'] : ['events', 'descending'],
    columns: [
      { name: 'value', head: true, cell: (row) => value(by, row.keys[0] ?? null, labels) },
      number('events', (row) => row.events),
      ...beside.slice(0, 1),
      { name: 'killed', numeric: true, cell: (row) => toll(row.killed) },
      { name: 'injured', numeric: true, cell: (row) => toll(row.injured) },
      ...beside.slice(1),
    ] as Column<StatsRow>[],
  };
}

function number(name: string, of: (row: StatsRow) => number | null): Column<StatsRow> {
  return { name, numeric: true, cell: (row) => ({ is: 'number', number: of(row) }) };
}

function toll(sum: Sum): Cell {
  return { is: 'toll', toll: sum.high || sum.open ? { low: sum.low, best: sum.best, high: sum.open ? null : sum.high } : null };
}

/** What is counted, leading to the list of it. */
function value(by: string, key: string | null, labels: Record<string, string>): Cell {
  const span = key === null ? null : days(key);
  if (key !== null && span && STEPS.includes(by as Step)) return { is: 'text', text: periodText(key), by: key, href: to({ from: [span[0]], to: [span[1]] }) };
  const text = valueText(by, key, labels);
  const condition = CONDITION[by];
  return key !== null && condition ? { is: 'text', text, href: to({ [condition]: [key] }) } : { is: 'text', text };
}

function to(conditions: Record<string, string[]>): string {
  return href({ view: 'list', conditions, rest: { of: '', by: '', count: '', measure: '', sort: '', after: '' } });
}
