/** The words of the article that a person has selected, found again in the text as it was given. */

import type { Words } from '../../lib/review.ts';

/** Null: nothing of the title or the text is selected. Offsets are code units of UTF-16. Blanks at the ends are left out. */
export function selectedWords(root: ParentNode, parts: Readonly<Record<'title' | 'text', string>>): Words | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  for (const part of ['title', 'text'] as const) {
    const box = root.querySelector(`[data-part="${part}"]`);
    const held = box && within(box, range);
    if (held) return trimmed(part, parts[part], held[0], held[1]);
  }
  return null;
}

/** From the first to the last selected letter of a part. */
function within(box: Element, range: Range): [number, number] | null {
  let found: [number, number] | null = null;
  for (const run of box.querySelectorAll<HTMLElement>('[data-at]')) {
    const letters = run.firstChild;
    if (!letters || !range.intersectsNode(letters)) continue;
    const at = Number(run.dataset['at']);
    const long = letters.textContent?.length ?? 0;
    const start = at + (range.startContainer === letters ? range.startOffset : 0);
    const end = at + (range.endContainer === letters ? range.endOffset : long);
    if (end > start) found = [found ? found[0] : start, end];
  }
  return found;
}

function trimmed(part: 'title' | 'text', text: string, start: number, end: number): Words | null {
  while (start < end && /\s/.test(text[start]!)) start += 1;
  while (end > start && /\s/.test(text[end - 1]!)) end -= 1;
  return end > start ? { in: part, start, end, text: text.slice(start, end) } : null;
}
