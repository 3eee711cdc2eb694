/** The rules of the coder in plain words. A rule's name is English already, or that of an entry of the lexicon of events. */

import { t } from '../../lib/state/language.svelte.ts';

const PATTERNS: readonly [RegExp, string][] = [
  [/^subject of (.+)$/, 'subject_of'],
  [/^told again: (.+)$/, 'told_again'],
  [/^the sentence opens with (.+)$/, 'opens_with'],
  [/^told as what came before, after (.+)$/, 'came_before'],
];

export function ruleText(field: string, rule: string): string {
  const known = t(`why.${rule}`);
  if (known !== `why.${rule}`) return known;
  for (const [pattern, key] of PATTERNS) {
    const match = pattern.exec(rule);
    if (match) return t(`why.${key}`, { words: match[1]! });
  }
  if (field === 'sub_event_type') return t('why.event_word', { rule });
  if (field === 'modality' || field === 'background') return t('why.told_by', { words: rule });
  if (field === 'target') return t('why.target_word');
  return rule || t('why.unnamed');
}
