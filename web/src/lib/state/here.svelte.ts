/** Where the reader is: the address as a state. Everything a view shows follows from it, so back and reload work. */

import { type Address, type Condition, type Conditions, parse, write } from '../address.ts';
import { keepPlace, toPlaceOf, toTop } from './scrolling.ts';

let current = $state.raw<Address>(parse(new URL(location.href)));
let query = $state(location.search);

// Each part stays the same thing until it changes, so that a map that is moved asks the server for nothing anew.
const view = $derived(current.view);
const id = $derived(current.id);
const fragment = $derived(current.fragment);
const lang = $derived(current.lang);
const conditions = $derived(current.conditions);

window.addEventListener('popstate', (event) => {
  arrive();
  if (!location.hash) toPlaceOf(event.state);
});
window.addEventListener('hashchange', arrive);

function arrive(): void {
  read();
  query = location.search;
}

function read(): void {
  const found = parse(new URL(location.href));
  const same = JSON.stringify(found.conditions) === JSON.stringify(current.conditions);
  current = same ? { ...found, conditions: current.conditions } : found;
}

export const here = {
  get view() {
    return view;
  },
  get id() {
    return id;
  },
  get fragment() {
    return fragment;
  },
  get lang() {
    return lang;
  },
  get conditions() {
    return conditions;
  },
  /** What stood behind ? in the address when the reader came to it: a map writes where it is over that. */
  get query() {
    return query;
  },
  /** Changes with any of its values: read one through $derived(here.rest.name) where something is asked anew. */
  get rest() {
    return current.rest;
  },
};

export interface Change {
  view?: Address['view'];
  id?: string;
  fragment?: string;
  lang?: Address['lang'];
  /** Replaces the values of the names given; an empty list takes a name away. */
  conditions?: Conditions;
  /** Sets the names given; an empty text takes a name away. */
  rest?: Record<string, string>;
}

function changed(change: Change): Address {
  const to = change.view ?? current.view;
  const elsewhere = to !== current.view || (change.id !== undefined && change.id !== current.id);
  const anew = change.conditions !== undefined || change.rest?.['after'] === '';
  return {
    view: to,
    id: change.id ?? (elsewhere ? '' : current.id),
    fragment: change.fragment ?? (elsewhere ? '' : current.fragment),
    lang: change.lang === undefined ? current.lang : change.lang,
    conditions: { ...current.conditions, ...change.conditions },
    // What is asked otherwise begins at its first page.
    rest: { ...current.rest, ...(anew && { after: '', before: '' }), ...change.rest },
  };
}

/** The address of another view, or of this one with something changed: for links. */
export function href(change: Change): string {
  return write(changed(change));
}

/** Go there. `replace`: without a step of its own in the browser's history (a map that is moved, a clock that plays). */
export function go(change: Change | string, replace = false): void {
  const to = typeof change === 'string' ? change : href(change);
  if (to !== location.pathname + location.search + location.hash) {
    const before = current;
    if (replace) history.replaceState(history.state, '', to);
    else {
      keepPlace();
      history.pushState(null, '', to);
    }
    read();
    if (!replace && !location.hash) settle(before);
  }
  if (!replace || typeof change === 'string') query = location.search;
}

/** Another page begins at its top; one that is only asked otherwise stays where it is. */
function settle(before: Address): void {
  const paged = before.rest['after'] !== current.rest['after'] && before.view === current.view;
  if (before.view !== current.view || before.id !== current.id || (paged && current.rest['after'])) toTop(paged);
}

/** Add a value of a condition, or take it away where it holds. */
export function toggle(name: Condition, value: string): void {
  const held = current.conditions[name] ?? [];
  go({ conditions: { [name]: held.includes(value) ? held.filter((one) => one !== value) : [...held, value] } });
}

/** Links of our own pages are followed without loading the page again. Put on the element around everything. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
  if (link.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
}
