/** The keys of the desk, by where they lie and not by what is printed on them: an Arabic layout makes no difference. */

export const KEYS = {
  KeyJ: 'next', KeyK: 'previous', KeyA: 'accept', KeyR: 'reject', KeyU: 'unsure', KeyE: 'edit', KeyS: 'split', KeyM: 'merge',
  KeyZ: 'undo', Slash: 'help', Escape: 'close',
} as const;
export type Doing = (typeof KEYS)[keyof typeof KEYS];

/** What a key does at the desk; null: nothing, or somebody is writing. */
export function doing(event: KeyboardEvent): Doing | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return null;
  const found = (KEYS as Record<string, Doing>)[event.code] ?? null;
  if (found === 'close') return found;
  return writes(event.target) ? null : found;
}

/** The digit of a key (1 to 9, then 0): which field is corrected. */
export function digit(event: KeyboardEvent): number | null {
  const match = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (!match || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return null;
  return match[1] === '0' ? 10 : Number(match[1]);
}

function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');
}

/** The letter that stands on a key of a Latin layout. */
export function letter(doing: Doing): string {
  const code = Object.entries(KEYS).find(([, one]) => one === doing)![0];
  return code === 'Slash' ? '?' : code === 'Escape' ? 'Esc' : code.slice(3).toLowerCase();
}
