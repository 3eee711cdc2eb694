/** Every view is an address: this file reads and writes it, and knows nothing else. */

export const VIEWS = [
  'map', 'control', 'list', 'search', 'stats', 'review', 'signin', 'incident', 'article', 'place',
] as const;
export type View = (typeof VIEWS)[number];
export type Language = 'ar' | 'en';

/** The conditions of the API, with its names. Several values of one name hold when any of them does. */
export const CONDITIONS = [
  'type', 'actor', 'role', 'camp', 'place', 'bbox', 'polygon', 'country', 'governorate', 'pcode', 'from', 'to', 'source',
  'outlet', 'modality', 'background', 'grade', 'min_killed', 'words', 'as_of',
] as const;
export type Condition = (typeof CONDITIONS)[number];
export type Conditions = Partial<Record<Condition, string[]>>;

/** What the record does not say of who holds a place. */
export const NOT_OF_CONTROL: readonly Condition[] = ['type', 'role', 'source', 'outlet', 'modality', 'background', 'grade', 'min_killed', 'words'];

/** The conditions held that do not limit control. */
export function notOfControl(conditions: Conditions): Condition[] {
  return NOT_OF_CONTROL.filter((name) => conditions[name]?.length);
}

export interface Address {
  readonly view: View;
  /** What /incident/, /article/ and /place/ show; empty elsewhere. */
  readonly id: string;
  /** What stands behind #: in an article, the id of a report. */
  readonly fragment: string;
  /** null: as the browser prefers. */
  readonly lang: Language | null;
  readonly conditions: Conditions;
  /** Everything else: map, clock, at, selected, of, sort, by, step, order, ... one value each. */
  readonly rest: Readonly<Record<string, string>>;
}

const PAGES: readonly View[] = ['incident', 'article', 'place'];

export function parse(url: URL): Address {
  const [, first = '', ...more] = url.pathname.split('/');
  const page = PAGES.find((name) => name === first);
  const asked = url.searchParams.get('view');
  const conditions: Conditions = {};
  const rest: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (name === 'view' || name === 'lang' || value === '') continue;
    if (isCondition(name)) (conditions[name] ??= []).push(value);
    else rest[name] = value;
  }
  const lang = url.searchParams.get('lang');
  return {
    view: page ?? VIEWS.find((name) => name === asked) ?? 'map',
    id: page ? decoded(more.join('/')) : '',
    fragment: decoded(url.hash.slice(1)),
    lang: lang === 'ar' || lang === 'en' ? lang : null,
    conditions,
    rest,
  };
}

export function write(address: Address): string {
  const { view, id, fragment, lang, conditions, rest } = address;
  const page = PAGES.includes(view);
  const query = new URLSearchParams();
  if (!page && view !== 'map') query.set('view', view);
  for (const name of CONDITIONS) for (const value of conditions[name] ?? []) query.append(name, value);
  for (const name of Object.keys(rest).sort()) if (rest[name]) query.set(name, rest[name]);
  if (lang) query.set('lang', lang);
  const path = page ? `/${view}/${encodeURIComponent(id)}` : '/';
  const asked = query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%3B', ';');
  return path + (asked && `?${asked}`) + (fragment && `#${encodeURIComponent(fragment)}`);
}

/** The conditions as the API takes them, `more` beside them; a name in `without` is left out. */
export function asked(conditions: Conditions, more: Record<string, string> = {}, without: readonly string[] = []): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of CONDITIONS) {
    if (!without.includes(name)) for (const value of conditions[name] ?? []) query.append(name, value);
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query;
}

function isCondition(name: string): name is Condition {
  return (CONDITIONS as readonly string[]).includes(name);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
