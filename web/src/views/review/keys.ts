/** The keys of the desk, by where they lie and not by what is printed on them: an Arabic layout makes no difference. */

import { FIELDS, type FieldName } from '../article/fields.ts';

export const KEYS = {
  KeyJ: 'next', KeyK: 'previous', KeyA: 'accept', KeyR: 'reject', KeyU: 'unsure', KeyE: 'edit', KeyW: 'words', KeyS: 'split', KeyM: 'merge',
  KeyZ: 'undo', Slash: 'help', Escape: 'close',
} as const;
export type Doing = (typeof KEYS)[keyof typeof KEYS];

/** The keys of the fields in their order: along the row of digits, then the key of the words. */
const OF_FIELDS = [
  'Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8', 'Digit9', 'Digit0', 'Minus', 'Equal', 'KeyW',
] as const;
const PRINTED: Record<string, string> = { Slash: '?', Escape: 'Esc', Minus: '-', Equal: '=' };
/** What an Arabic layout has on the keys of letters. */
const ARABIC: Record<string, string> = {
  KeyJ: 'ت', KeyK: 'ن', KeyA: 'ش', KeyR: 'ق', KeyU: 'ع', KeyE: 'ث', KeyW: 'ص', KeyS: 'س', KeyM: 'ة', KeyZ: 'ئ', Slash: 'ظ',
};

/** What a key does at the desk; null: nothing, or somebody is writing. */
export function doing(event: KeyboardEvent): Doing | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return null;
  const found = (KEYS as Record<string, Doing>)[event.code] ?? null;
  if (found === 'close') return found;
  return writes(event.target) ? null : found;
}

/** The field that a key stands for while one is asked for. */
export function field(event: KeyboardEvent): FieldName | null {
  if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return null;
  const code = event.code.replace(/^Numpad(?=\d)/, 'Digit');
  return FIELDS[(OF_FIELDS as readonly string[]).indexOf(code)] ?? null;
}

/** What is printed on the key of a field. */
export function fieldLetter(name: FieldName): string {
  return printed(OF_FIELDS[FIELDS.indexOf(name)] ?? '');
}

function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=slider]');
}

/** What stands on a key of a Latin layout. */
export function letter(doing: Doing): string {
  return printed(code(doing));
}

/** What stands on it on an Arabic one; null: the same, or nothing. */
export function arabicLetter(doing: Doing): string | null {
  return ARABIC[code(doing)] ?? null;
}

function code(doing: Doing): string {
  return Object.entries(KEYS).find(([, one]) => one === doing)![0];
}

function printed(code: string): string {
  return PRINTED[code] ?? code.replace(/^(Key|Digit)/, '').toLowerCase();
}
