/** The lists: what each asks of the server, its columns, and the order in which its rows come. */

import { NOT_OF_CONTROL } from '../../lib/address.ts';
import { accusedIn, accusedOf } from '../../lib/accused.ts';
import { texts } from '../../lib/evidence.ts';
import { href } from '../../lib/state/here.svelte.ts';
import { named, t, term } from '../../lib/state/language.svelte.ts';
import { ended } from '../../lib/state/record.svelte.ts';
import type { ArticleRow, NamedRow, ReportTold } from '../../lib/reading.ts';
import type { Incident, Interval } from '../../lib/types.ts';
import type { Cell } from './cells.ts';

export interface Column<T> {
  readonly name: string;
  readonly cell: (row: T) => Cell;
  readonly numeric?: boolean;
  /** The cell names the row. */
  readonly head?: boolean;
}
export interface List<T> {
  readonly name: string;
  readonly key: (row: T) => string;
  readonly columns: readonly Column<T>[];
  /** The column by which the server orders the rows, and how. */
  readonly order: readonly [string, 'ascending' | 'descending'] | null;
  /** Orders that the server can give: the name it has for them, by column and direction ("-killed": falling). */
  readonly orders?: Readonly<Record<string, string>>;
  readonly points?: boolean;
  /** Conditions that the list takes no notice of, or refuses. */
  readonly without?: readonly string[];
}

const ORDERS = { ...both('date', 'day'), ...twice('type'), ...twice('place'), ...twice('actor1'), ...twice('actor2'), ...both('killed') };

function both(column: string, order = column): Record<string, string> {
  return { [column]: order, [`-${column}`]: `-${order}` };
}

/** What has a name comes by that in the language of the page: such a column has two orders. */
function twice(column: string): Record<string, string> {
  return { ...both(column), ...both(`${column}_ar`) };
}
const none = { after: '', sort: '', selected: '' };

const INCIDENTS: List<Incident> = {
  name: 'incidents',
  key: (row) => row.id,
  order: ['date', 'ascending'],
  orders: { ...ORDERS, ...both('voices'), ...both('known', 'grade') },
  points: true,
  columns: [
    { name: 'date', cell: (row) => ({ is: 'date', date: row.date }) },
    { name: 'type', head: true, cell: (row) => type(row, href({ view: 'incident', id: row.id, rest: none })) },
    { name: 'place', cell: (row) => ({ is: 'place', place: row.place }) },
    { name: 'actor1', cell: (row) => ({ is: 'actors', actors: row.actor1, accused: accusedOf(row) }) },
    { name: 'actor2', cell: (row) => ({ is: 'actors', actors: row.actor2, none: true }) },
    { name: 'killed', numeric: true, cell: (row) => ({ is: 'toll', toll: row.killed }) },
    { name: 'voices', numeric: true, cell: (row) => ({ is: 'number', number: row.independent_voices }) },
    { name: 'known', cell: (row) => ({ is: 'known', by: 'grade', ...row }) },
  ],
};

function type(row: { event_type: string; sub_event_type: string; modality: string }, to: string): Cell {
  return { is: 'type', type: row.event_type, sub: row.sub_event_type, hollow: row.modality !== 'happened', href: to };
}

const REPORTS: List<ReportTold> = {
  name: 'reports',
  key: (row) => row.id,
  order: ['date', 'ascending'],
  orders: { ...ORDERS, ...both('known', 'modality') },
  points: true,
  columns: [
    { name: 'date', cell: (row) => ({ is: 'date', date: row.date }) },
    { name: 'type', head: true, cell: (row) => type(row, href({ view: 'article', id: row.article_key, fragment: row.id, rest: none })) },
    { name: 'place', cell: (row) => ({ is: 'place', place: row.place }) },
    { name: 'actor1', cell: (row) => ({ is: 'actors', actors: row.actor1, accused: accusedIn(row) }) },
    { name: 'actor2', cell: (row) => ({ is: 'actors', actors: row.actor2, none: true }) },
    { name: 'killed', numeric: true, cell: (row) => ({ is: 'toll', toll: toll(row.killed) }) },
    { name: 'says', cell: (row) => ({ is: 'text', text: [...new Set(row.attributed_to.map(named))].join(t('fields.comma')) }) },
    { name: 'outlet', cell: (row) => ({ is: 'text', text: row.outlet ?? '' }) },
    { name: 'known', cell: (row) => ({ is: 'known', by: 'modality', modality: row.modality, disputed: false, background: row.background, grade: null }) },
  ],
};

function toll(range: [number, number | null] | null): { low: number; best: null; high: number | null } | null {
  return range && { low: range[0], best: null, high: range[1] };
}

const ARTICLES: List<ArticleRow> = {
  name: 'articles',
  key: (row) => row.key,
  order: ['published', 'descending'],
  orders: { ...both('published'), ...both('title'), ...both('outlet'), ...both('reports'), ...both('copies') },
  columns: [
    { name: 'published', cell: (row) => ({ is: 'day', day: row.published }) },
    {
      name: 'title', head: true,
      cell: (row) => ({ is: 'text', text: row.title || t('article.no_title'), href: href({ view: 'article', id: row.key, rest: none }) }),
    },
    { name: 'outlet', cell: (row) => ({ is: 'text', text: row.outlet ?? '' }) },
    { name: 'reports', numeric: true, cell: (row) => ({ is: 'number', number: row.reports }) },
    { name: 'copies', numeric: true, cell: (row) => ({ is: 'number', number: row.copies }) },
  ],
};

const COUNTS: readonly Column<NamedRow>[] = [
  { name: 'reports', numeric: true, cell: (row) => ({ is: 'number', number: row.reports ?? null }) },
  { name: 'incidents', numeric: true, cell: (row) => ({ is: 'number', number: row.incidents ?? null }) },
];
const NAMED = { ...twice('name'), ...both('reports'), ...both('incidents'), ...both('first'), ...both('last') };
const DAYS: readonly Column<NamedRow>[] = [
  { name: 'first', cell: (row) => ({ is: 'day', day: row.first }) },
  { name: 'last', cell: (row) => ({ is: 'day', day: row.last }) },
];

function name(to: (row: NamedRow) => string): Column<NamedRow> {
  return { name: 'name', head: true, cell: (row) => ({ is: 'text', text: named(row as never) || (row.name ?? row.id), href: to(row) }) };
}

function words(column: string, list: string, value: (row: NamedRow) => string | null | undefined): Column<NamedRow> {
  return { name: column, cell: (row) => ({ is: 'text', text: term(list, value(row)) }) };
}

/** A link to another list, with one condition more. */
function rows(of: string, conditions: Parameters<typeof href>[0]['conditions']): string {
  return href({ view: 'list', conditions: conditions!, rest: { ...none, of } });
}

const PLACES: List<NamedRow> = {
  name: 'places',
  key: (row) => row.id,
  order: ['reports', 'descending'],
  orders: { ...NAMED, ...twice('level'), ...twice('governorate') },
  points: true,
  columns: [
    name((row) => href({ view: 'place', id: row.id, rest: none })),
    words('level', 'level', (row) => row.level),
    words('governorate', 'governorate', (row) => row.governorate),
    ...COUNTS, ...DAYS,
  ],
};
const ACTORS: List<NamedRow> = {
  name: 'actors',
  key: (row) => row.id,
  order: ['reports', 'descending'],
  orders: { ...NAMED, ...twice('camp'), ...twice('kind') },
  columns: [
    name((row) => rows('incidents', { actor: [row.id] })),
    words('camp', 'camp', (row) => row.camp),
    words('kind', 'actorkind', (row) => row.kind),
    ...COUNTS, ...DAYS,
  ],
};
const SOURCES: List<NamedRow> = {
  name: 'sources',
  key: (row) => row.id,
  order: ['reports', 'descending'],
  orders: { ...NAMED, ...twice('kind'), ...both('denies') },
  columns: [
    name((row) => rows('reports', { source: [row.id] })),
    words('kind', 'kind', (row) => row.kind),
    ...COUNTS,
    { name: 'denies', numeric: true, cell: (row) => ({ is: 'number', number: row.denies ?? 0 }) },
    ...DAYS,
  ],
};
const OUTLETS: List<NamedRow> = {
  name: 'outlets',
  key: (row) => row.id,
  order: ['articles', 'descending'],
  orders: { ...both('name'), ...both('articles'), ...both('copies'), ...both('first'), ...both('last') },
  columns: [
    name((row) => rows('articles', { outlet: [row.id] })),
    { name: 'articles', numeric: true, cell: (row) => ({ is: 'number', number: row.articles ?? 0 }) },
    { name: 'copies', numeric: true, cell: (row) => ({ is: 'number', number: row.copies ?? 0 }) },
    ...DAYS,
  ],
};
const CONTROL: List<Interval> = {
  name: 'control',
  key: (row) => `${row.place.id} ${row.from}`,
  order: null,
  orders: { ...twice('name'), ...twice('governorate'), ...twice('status'), ...twice('holders'), ...both('from'), ...both('to'), ...both('rests') },
  points: true,
  without: ['from', 'to', ...NOT_OF_CONTROL],
  columns: [
    { name: 'name', head: true, cell: (row) => ({ is: 'text', text: named(row.place), href: href({ view: 'place', id: row.place.id, rest: none }) }) },
    { name: 'governorate', cell: (row) => ({ is: 'text', text: term('governorate', row.place.governorate) }) },
    { name: 'status', cell: (row) => ({ is: 'status', status: row.status, text: term('status', row.status) }) },
    { name: 'holders', cell: (row) => ({ is: 'actors', actors: [...new Map(row.holders.map((held) => [held.actor.id, held.actor])).values()] }) },
    { name: 'from', cell: (row) => ({ is: 'day', day: row.from }) },
    { name: 'to', cell: (row) => ({ is: 'day', day: ended(row.to), none: t('list.still') }) },
    { name: 'rests', numeric: true, cell: (row) => ({ is: 'number', number: texts(row.reports) + texts(row.against) }) },
  ],
};

export type AnyList = List<any>; // a list fits its own rows, which come from the server under its name
export const LISTS: readonly AnyList[] = [INCIDENTS, REPORTS, ARTICLES, PLACES, ACTORS, SOURCES, OUTLETS, CONTROL];
