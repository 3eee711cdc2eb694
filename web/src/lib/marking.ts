/** Marks on a text: where they begin and end, how they overlap, and what of the text has to be shown instead of run. */

/** A range of code units of UTF-16, as strings of JavaScript count. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
export interface Marked<M> extends Range {
  readonly mark: M;
}
/** Text between two borders of marks, with every mark that covers it. */
export interface Piece<M> extends Range {
  readonly text: string;
  readonly marks: readonly M[];
  /** The marks that end here: what stands behind a mark (its number) is written once. */
  readonly ending: readonly M[];
}
export interface Paragraph<M> extends Range {
  readonly pieces: readonly Piece<M>[];
}

/** The way from code points, as the record counts, to code units. */
export class Units {
  readonly #wide: number[] = [];

  constructor(text: string) {
    let place = 0;
    for (const character of text) {
      if (character.length > 1) this.#wide.push(place);
      place += 1;
    }
  }

  /** The code units before a code point. */
  at(place: number): number {
    let [low, high] = [0, this.#wide.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#wide[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return place + low;
  }

  /** The code points before a code unit. */
  back(unit: number): number {
    let wide = 0;
    while (wide < this.#wide.length && this.#wide[wide]! + wide < unit) wide += 1;
    return unit - wide;
  }

  range(words: { start: number; end: number }): Range {
    return { start: this.at(words.start), end: this.at(words.end) };
  }
}

/** Cut a text at its line ends, and each line where a mark begins or ends. Marks may overlap in any way. */
export function paragraphs<M>(text: string, marks: readonly Marked<M>[]): Paragraph<M>[] {
  const sorted = marks.filter((mark) => mark.end > mark.start).toSorted((a, b) => a.start - b.start || b.end - a.end);
  const found: Paragraph<M>[] = [];
  let start = 0;
  while (start <= text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    const inside = sorted.filter((mark) => mark.start < stop && mark.end > start);
    if (stop > start) found.push({ start, end: stop, pieces: pieces(text, inside, start, stop) });
    start = stop + 1;
  }
  return found;
}

export function pieces<M>(text: string, marks: readonly Marked<M>[], start = 0, end = text.length): Piece<M>[] {
  const borders = new Set([start, end]);
  for (const mark of marks) {
    for (const border of [mark.start, mark.end]) if (border > start && border < end) borders.add(border);
  }
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(1).map((stop, index) => {
    const from = cuts[index]!;
    const over = marks.filter((mark) => mark.start < stop && mark.end > from);
    return {
      start: from,
      end: stop,
      text: text.slice(from, stop),
      marks: over.map((one) => one.mark),
      ending: over.filter((one) => one.end === stop).map((one) => one.mark),
    };
  });
}

/** A character that cannot be seen, or that would turn the order of others around. `strong`: it forces an order. */
export interface Sign {
  readonly code: string;
  readonly name: string;
  readonly strong: boolean;
  readonly at: number;
}

const NAMES: Record<number, string> = {
  0x061c: 'ALM', 0x200e: 'LRM', 0x200f: 'RLM', 0x202a: 'LRE', 0x202b: 'RLE', 0x202c: 'PDF', 0x202d: 'LRO', 0x202e: 'RLO',
  0x2066: 'LRI', 0x2067: 'RLI', 0x2068: 'FSI', 0x2069: 'PDI', 0x200b: 'ZWSP', 0xfeff: 'BOM', 0x00ad: 'SHY', 0x2060: 'WJ',
};
const WEAK = new Set([0x061c, 0x200e, 0x200f, 0x200b, 0xfeff, 0x00ad, 0x2060]);
const SIGNS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Letters between signs. `joint`: a line may end before it, though no blank stands there. */
export interface Run {
  readonly text: string;
  readonly at: number;
  readonly joint: boolean;
}

const LONG = /[^ \n\t]{65,}/gu; // browsers lay out a word that long in the square of its length
const PART = 32;

/** The text cut so that no word is longer than a browser lays out at once: between two parts a line may end. */
export function breakable(text: string): string[] {
  const found: string[] = [];
  let last = 0;
  for (const word of text.matchAll(LONG)) {
    for (let at = word.index + PART; at < word.index + word[0].length; at += PART) {
      const cut = at + Number(/[\udc00-\udfff]/.test(text[at]!));
      found.push(text.slice(last, cut));
      last = cut;
    }
  }
  if (last < text.length || !found.length) found.push(text.slice(last));
  return found;
}

function* runs(text: string, at: number): Generator<Run> {
  let joint = false;
  for (const part of breakable(text)) {
    yield { text: part, at, joint };
    at += part.length;
    joint = true;
  }
}

/** The text as runs of letters and signs in their order: signs are shown by name and never reach the page as themselves. */
export function shown(text: string): (Run | Sign)[] {
  const found: (Run | Sign)[] = [];
  let last = 0;
  for (const match of text.matchAll(SIGNS)) {
    if (match.index > last) found.push(...runs(text.slice(last, match.index), last));
    const code = match[0].codePointAt(0)!;
    const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    found.push({ code: hex, name: NAMES[code] ?? hex, strong: !WEAK.has(code), at: match.index });
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push(...runs(text.slice(last), last));
  return found;
}

/** An address that may be followed: of the web, and nothing that runs. */
export function webAddress(address: string | null | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
