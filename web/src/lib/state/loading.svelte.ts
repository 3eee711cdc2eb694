/** What is asked of the server: the answer, whether it is awaited, and what went wrong, as one sentence. */

import { Problem } from '../api.ts';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state<string | null>(null);
  status = $state(0);
  busy = $state(false);
}

/** Ask again whenever a state that `ask` reads changes; an answer that is overtaken is dropped. null: nothing to ask.
 *  The last answer stays until the next one is there. Call it while a component is set up. */
export function loaded<T>(ask: (signal: AbortSignal) => Promise<T> | null): Loaded<T> {
  const state = new Loaded<T>();
  $effect(() => {
    const control = new AbortController();
    const asking = ask(control.signal);
    if (!asking) {
      state.value = null;
      state.busy = false;
      return undefined;
    }
    state.busy = true;
    settle(state, asking, control.signal);
    return () => control.abort();
  });
  return state;
}

async function settle<T>(state: Loaded<T>, asking: Promise<T>, signal: AbortSignal): Promise<void> {
  try {
    const value = await asking;
    if (signal.aborted) return;
    [state.value, state.error, state.status] = [value, null, 200];
  } catch (error) {
    if (signal.aborted) return;
    [state.value, state.error] = [null, error instanceof Error ? error.message : String(error)];
    state.status = error instanceof Problem ? error.status : 0;
  }
  state.busy = false;
}
