/** The fields of a report as a person reads them, and the words of the article that each rests on. */

import type { Why } from '../../lib/reading.ts';
import type { Report } from '../../lib/types.ts';

export const FIELDS = [
  'sub_event_type', 'modality', 'background', 'actor1', 'actor2', 'target', 'place', 'date', 'killed', 'injured', 'weapon',
  'attributed_to', 'evidence',
] as const;
export type FieldName = (typeof FIELDS)[number];

export interface Place {
  readonly in: 'title' | 'text';
  readonly start: number;
  readonly end: number;
}

/** Fields that say something; `all`: the others, too, so that they can be corrected. */
export function told(report: Report, all = false): FieldName[] {
  const empty: Partial<Record<FieldName, boolean>> = {
    modality: report.modality === 'happened',
    background: !report.background,
    actor2: report.actor2.length === 0,
    target: !report.target,
    killed: !has(report, 'killed'),
    injured: !has(report, 'injured'),
    weapon: !report.weapon,
    evidence: true,
  };
  return FIELDS.filter((name) => all || !empty[name]);
}

function has(report: Report, outcome: 'killed' | 'injured'): boolean {
  return report[outcome] !== null || report.casualties.some((toll) => toll.outcome === outcome);
}

/** Where in the article the words of a field stand: those of the report, and those its reasons give. Code points. */
export function places(report: Report, name: FieldName, why?: Why | null): Place[] {
  const reasons = (why?.fields ?? []).filter((one) => one.field === name).map((one) => one.words);
  const found = [...words(report, name), ...reasons].map(place).filter((one) => one !== null);
  const seen = new Map(found.map((one) => [`${one.in} ${one.start} ${one.end}`, one]));
  return [...seen.values()];
}

function words(report: Report, name: FieldName): unknown[] {
  switch (name) {
    case 'actor1':
    case 'actor2':
      return report[name];
    case 'killed':
    case 'injured':
      return report.casualties.filter((toll) => toll.outcome === name);
    case 'attributed_to':
      return report.claims.flatMap((claim) => claim.chain);
    case 'place':
    case 'date':
    case 'target':
    case 'evidence':
      return [report[name]];
    default:
      return [];
  }
}

function place(given: unknown): Place | null {
  const { start, end, in: part } = (given ?? {}) as { start?: unknown; end?: unknown; in?: unknown };
  if (typeof start !== 'number' || typeof end !== 'number' || end <= start) return null;
  return { in: part === 'title' ? 'title' : 'text', start, end };
}
