/** The kinds of names and numbers that are marked in a text. */

import type { MentionKind } from '../../lib/reading.ts';

export const KINDS: readonly MentionKind[] = ['place', 'actor', 'person', 'source', 'date', 'number', 'weapon'];

/** All kinds but those that the address hides. */
export function chosenKinds(hidden: string): ReadonlySet<MentionKind> {
  const off = hidden.split(',');
  return new Set(KINDS.filter((kind) => !off.includes(kind)));
}
