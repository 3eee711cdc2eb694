/** What a claim of control rests on, counted by texts: one article may say the same thing several times. */

import type { Evidence } from './types.ts';

export function texts(evidence: readonly Evidence[]): number {
  return new Set(evidence.map((one) => one.article_key ?? one.doc_id ?? one.id)).size;
}
