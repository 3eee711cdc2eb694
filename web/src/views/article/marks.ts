/** What is marked in an article: its names and numbers, and what each report rests on. */

import type { Marked } from '../../lib/marking.ts';
import { Units } from '../../lib/marking.ts';
import type { MentionKind, MentionOf, ReportTold, Why } from '../../lib/reading.ts';
import { FIELDS, type FieldName, places } from './fields.ts';

export type Mark =
  | { readonly of: 'furniture' }
  | { readonly of: 'mention'; readonly index: number; readonly kind: MentionKind }
  | { readonly of: 'evidence'; readonly report: string; readonly number: number; readonly chosen: boolean }
  | { readonly of: 'field'; readonly report: string; readonly field: FieldName }
  | { readonly of: 'words' };

/** What is pointed at, in the text or in the panel beside it. */
export type Pointed = { readonly report: string; readonly field: FieldName } | { readonly mention: number } | null;

export interface Article {
  readonly title: string;
  readonly text: string;
  readonly furniture: readonly { start: number; end: number }[];
  readonly mentions: readonly MentionOf[];
  readonly reports: readonly ReportTold[];
}
export interface Shown {
  readonly kinds: ReadonlySet<MentionKind>;
  readonly chosen: string;
  readonly why: Why | null;
  /** Words that a reviewer is choosing. Code units of UTF-16. */
  readonly words?: { in: 'title' | 'text'; start: number; end: number } | null;
}

export function marks(article: Article, part: 'title' | 'text', shown: Shown): Marked<Mark>[] {
  const units = new Units(article[part]);
  const found: Marked<Mark>[] = [];
  if (part === 'text') for (const range of article.furniture) found.push({ ...units.range(range), mark: { of: 'furniture' } });
  article.mentions.forEach((mention, index) => {
    if ((mention.in ?? 'text') !== part || !shown.kinds.has(mention.kind)) return;
    found.push({ ...units.range(mention), mark: { of: 'mention', index, kind: mention.kind } });
  });
  article.reports.forEach((report, index) => {
    const chosen = report.id === shown.chosen;
    if ((report.evidence.in ?? 'text') === part) {
      found.push({ ...units.range(report.evidence), mark: { of: 'evidence', report: report.id, number: index + 1, chosen } });
    }
    if (!chosen) return;
    for (const field of FIELDS) {
      for (const place of places(report, field, shown.why)) {
        if (place.in === part) found.push({ ...units.range(place), mark: { of: 'field', report: report.id, field } });
      }
    }
  });
  if (shown.words?.in === part) found.push({ start: shown.words.start, end: shown.words.end, mark: { of: 'words' } });
  return found;
}

/** Whether a mark is what is pointed at. */
export function isPointed(mark: Mark, pointed: Pointed): boolean {
  if (!pointed) return false;
  if ('mention' in pointed) return mark.of === 'mention' && mark.index === pointed.mention;
  if (mark.of === 'evidence') return mark.report === pointed.report && pointed.field === 'evidence';
  return mark.of === 'field' && mark.report === pointed.report && mark.field === pointed.field;
}

/** What a piece of the text stands for: a field of the chosen report before a report, a report before a name. */
export function meant(marks: readonly Mark[]): Mark | null {
  const order = ['field', 'evidence', 'mention', 'words'] as const;
  for (const of of order) {
    const fitting = marks.filter((mark) => mark.of === of);
    if (fitting.length) return fitting[fitting.length - 1]!;
  }
  return null;
}
