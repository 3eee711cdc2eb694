/** What the record is, asked once: counts, first and last day, whether synthetic, read only, and who is asking. */

import { api } from '../api.ts';
import type { Record_ } from '../types.ts';

let value = $state.raw<Record_ | null>(null);
let error = $state<string | null>(null);

export const record = {
  get value() {
    return value;
  },
  get error() {
    return error;
  },
  /** Ask again: after signing in or out, after a decision. */
  async renew(): Promise<void> {
    try {
      value = await api.record();
      error = null;
    } catch (problem) {
      error = problem instanceof Error ? problem.message : String(problem);
    }
  },
};

void record.renew();
