/** What the record is, asked once: counts, first and last day, whether synthetic, read only, and who is asking. */

import { api, Problem } from '../api.ts';
import type { Day, Record_ } from '../types.ts';

let value = $state.raw<Record_ | null>(null);
let error = $state<string | null>(null);
let status = $state(0);

export const record = {
  get value() {
    return value;
  },
  get error() {
    return error;
  },
  /** 401: nobody is signed in where people sign in. */
  get status() {
    return status;
  },
  /** Ask again: after signing in or out, after a decision. */
  async renew(): Promise<void> {
    try {
      value = await api.record();
      [error, status] = [null, 200];
    } catch (problem) {
      error = problem instanceof Error ? problem.message : String(problem);
      status = problem instanceof Problem ? problem.status : 0;
    }
  },
};

/** The day on which something ended; null: it has not, or only on a day that is still to come. */
export function ended(day: Day | null): Day | null {
  const today = value?.today;
  return day !== null && today && day > today ? null : day;
}

void record.renew();
