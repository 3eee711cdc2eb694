/** Who is at the desk: asked once, and again after signing in or out. */

import { carry } from '../api.ts';
import { review, type Session } from '../review.ts';
import { record } from './record.svelte.ts';

let now = $state.raw<Session | null>(null);
let error = $state<string | null>(null);

async function keep(asking: Promise<Session>): Promise<void> {
  now = await asking;
  carry(now.csrf);
}

export const session = {
  get now() {
    return now;
  },
  get error() {
    return error;
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
  async signOut(): Promise<void> {
    await keep(review.signOut());
    await record.renew();
  },
};

void session.renew();
