/** Who is at the desk: asked once, and again after signing in or out. */

import { carry, Problem, watch } from '../api.ts';
import { review, type Session } from '../review.ts';
import { record } from './record.svelte.ts';

let now = $state.raw<Session | null>(null);
let error = $state<string | null>(null);
let over = $state(false);

async function keep(asking: Promise<Session>): Promise<void> {
  now = await asking;
  over = false;
  carry(now.csrf);
}

export const session = {
  get now() {
    return now;
  },
  get error() {
    return error;
  },
  /** The session ended while somebody was at work: what stands on the page stays, and asks to sign in again. */
  get over() {
    return over;
  },
  get reviews() {
    return now?.may.includes('review') ?? false;
  },
  async renew(): Promise<void> {
    try {
      await keep(review.session());
      error = null;
    } catch (problem) {
      error = problem instanceof Error ? problem.message : String(problem);
    }
  },
  async signIn(name: string, password: string): Promise<void> {
    await keep(review.signIn(name, password));
    await record.renew();
  },
  /** Sign out; why it failed, or null. */
  async signOut(): Promise<string | null> {
    try {
      await keep(review.signOut());
    } catch (problem) {
      if (!(problem instanceof Problem && problem.status === 401)) return problem instanceof Error ? problem.message : String(problem);
      await session.renew(); // it was over already
    }
    await record.renew();
    return null;
  },
};

watch({
  renew: async () => {
    await keep(review.session()).catch(() => undefined);
  },
  ended: () => (over = true),
});

void session.renew();
