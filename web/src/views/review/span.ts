/** A span of words of the article whose ends are moved by keys: by words, by letters, by lines. Code units of UTF-16. */

import type { Words } from '../../lib/review.ts';

export type End = 'start' | 'end';
export type By = 'word' | 'letter' | 'line';
export type Parts = Readonly<Record<'title' | 'text', string>>;
interface Range {
  readonly start: number;
  readonly end: number;
}

const WORDS = new Intl.Segmenter('ar', { granularity: 'word' });
const LETTERS = new Intl.Segmenter('ar', { granularity: 'grapheme' });
const BY: Record<By, (text: string) => Range[]> = {
  word: (text) => [...WORDS.segment(text)].filter((one) => one.isWordLike).map(range),
  letter: (text) => [...LETTERS.segment(text)].filter((one) => one.segment.trim()).map(range),
  line: (text) => [...text.matchAll(/\S(?:.*\S)?/g)].map((one) => range({ segment: one[0], index: one.index })),
};

function range({ segment, index }: { segment: string; index: number }): Range {
  return { start: index, end: index + segment.length };
}

/** The span with one end moved. The other end gives way, so that a word or a letter is always left; past the first and the
 *  last line stand the title and the text. */
export function movedSpan(parts: Parts, span: Words, end: End, by: By, forward: boolean): Words {
  const text = parts[span.in];
  const to = next(BY[by](text), end, span[end], forward);
  if (to === undefined) return by === 'line' ? across(parts, span, forward) : span;
  const moved = { ...span, [end]: to };
  const least = by === 'letter' ? by : 'word';
  if (moved.start >= moved.end) {
    const other = end === 'start' ? 'end' : 'start';
    moved[other] = next(BY[least](text), other, to, end === 'start') ?? span[other];
  }
  return moved.start < moved.end ? written(parts, moved) : span;
}

function next(ranges: readonly Range[], end: End, at: number, forward: boolean): number | undefined {
  const found = forward ? ranges.find((one) => one[end] > at) : ranges.findLast((one) => one[end] < at);
  return found?.[end];
}

function across(parts: Parts, span: Words, forward: boolean): Words {
  const to = forward ? 'text' : 'title';
  const line = BY.line(parts[to]).at(forward ? 0 : -1);
  return span.in === to || !line ? span : written(parts, { in: to, ...line });
}

/** The span with its words. */
export function written(parts: Parts, { in: part, start, end }: Omit<Words, 'text'>): Words {
  return { in: part, start, end, text: parts[part].slice(start, end) };
}
