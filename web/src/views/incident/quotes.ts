/** The words of the reports of one voice: what an outlet printed twice in the same words stands there once. */

import type { IncidentPage } from '../../lib/types.ts';

export type Told = IncidentPage['reports'][number];
export interface Quote {
  readonly text: string;
  readonly reports: readonly Told[];
}

/** In the order in which they were told; of words that hold the others, those. */
export function quotes(reports: readonly Told[]): Quote[] {
  const found: Quote[] = [];
  for (const report of reports) {
    const text = report.report?.evidence?.text ?? '';
    const at = found.findIndex((one) => text && printedBy(one.reports[0]!) === printedBy(report) && alike(one.text, text));
    const same = found[at];
    if (!same) found.push({ text, reports: [report] });
    else found[at] = { text: text.length > same.text.length ? text : same.text, reports: [...same.reports, report] };
  }
  return found;
}

/** Two articles whose outlet nobody knows are of two. */
function printedBy(report: Told): string {
  return report.outlet ?? report.article_key;
}

function alike(one: string, other: string): boolean {
  const [a, b] = [letters(one), letters(other)];
  return Boolean(a && b) && (a.includes(b) || b.includes(a));
}

/** Without what differs between two prints of the same words: vowels, blanks and stops. A blank stands at each end of a word. */
function letters(text: string): string {
  return ` ${text.replace(/[\p{M}\u0640]/gu, '').match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''} `.replace(/^ +$/, '');
}
