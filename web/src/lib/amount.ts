/** Numbers as people tell them: "dozens" is a word, and its bounds are what the coder makes of it. */

import { number, t } from './state/language.svelte.ts';

const CROWDS: Readonly<Record<string, string>> = {
  '24-99': 'dozens', '200-999': 'hundreds', '2000-9999': 'thousands', '20000-99999': 'tens_of_thousands', '200000-999999': 'hundreds_of_thousands',
};

/** The word of a crowd that has these bounds; null where they are told as numbers. */
export function crowd(low: number, high: number | null): string | null {
  const name = CROWDS[`${low}-${high}`];
  return name ? t(`parts.crowd.${name}`) : null;
}

/** From low to high (null: at least low) as numbers. */
export function bounds(low: number, high: number | null): string {
  if (high === null) return t('parts.at_least', { n: low });
  return low === high ? number(low) : t('parts.range', { low, high });
}

/** An amount in full: the word it is told by, with what that stands for. */
export function amount(low: number, high: number | null): string {
  const word = crowd(low, high);
  return word ? `${word} (${bounds(low, high)})` : bounds(low, high);
}
