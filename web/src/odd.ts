/** What an address asks for that no view has: it is said, not passed over. */

import { CONDITIONS, VIEWS } from './lib/address.ts';
import { MODES } from './lib/clock.ts';
import { isDay } from './lib/dates.ts';
import { ORDERS } from './lib/review.ts';
import { KINDS } from './views/article/kinds.ts';
import { LISTS } from './views/list/lists.ts';
import { GROUPS, MEASURES } from './views/stats/groups.ts';

type Fits = (value: string, query: URLSearchParams) => boolean;

const any: Fits = () => true;
const among = (...known: readonly string[]): Fits => (value) => known.includes(value);
const each = (...known: readonly string[]): Fits => (value) => value.split(',').every((one) => known.includes(one));

const MAPS = ['map', 'control'];
const SINGLE = ['view', 'lang', 'map', 'clock', 'at', 'span', 'layers', 'of', 'sort', 'placed', 'dated', 'rows', 'order', 'tab', 'by', 'count', 'measure'];
const NAMES: Readonly<Record<string, Fits>> = {
  ...Object.fromEntries(CONDITIONS.map((name) => [name, any])), // the server says what is no value of a condition
  view: among(...VIEWS),
  lang: among('ar', 'en'),
  map: (value) => /^\d+(\.\d+)?(\/-?\d+(\.\d+)?){2}$/.test(value),
  clock: among(...MODES),
  at: (value, query) => isDay(value) && !(MAPS.includes(query.get('view') ?? 'map') && ['window', 'growing'].includes(query.get('clock') ?? '')),
  span: (value) => value.split(',').length === 2 && value.split(',').every((day) => isDay(day)),
  layers: each('incidents', 'control'),
  of: among(...LISTS.map((list) => list.name)),
  sort: isColumn,
  placed: among('yes', 'no'),
  dated: among('yes', 'no'),
  rows: (value) => /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 500,
  order: among(...ORDERS),
  tab: among('queue', 'journal', 'measures'),
  by: among(...Object.values(GROUPS).flat()),
  count: among('incidents', 'reports'),
  measure: among(...MEASURES),
  panel: among('names', 'reports'),
  hide: each(...KINDS),
  selected: any, report: any, after: any, before: any,
};

/** A column of the list that is shown; figures have columns of their own. */
function isColumn(value: string, query: URLSearchParams): boolean {
  const list = LISTS.find((one) => one.name === (query.get('of') ?? 'incidents'));
  return query.get('view') !== 'list' || !list || list.columns.some((column) => column.name === value.replace(/^-/, ''));
}

/** The names and values of an address that mean nothing here, as they stand in it. */
export function odd(query: URLSearchParams): string[] {
  const fits = (name: string, value: string): boolean => Object.hasOwn(NAMES, name) && NAMES[name]!(value, query);
  const twice = (name: string): boolean => SINGLE.includes(name) && query.getAll(name).length > 1;
  const found = [...query].filter(([name, value]) => value !== '' && (!fits(name, value) || twice(name)));
  return found.map(([name, value]) => `${name}=${value}`.slice(0, 80));
}
