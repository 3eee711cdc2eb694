/** What is pointed at: by a hand or a key for as long as it stays there, or chosen until something else is.
 *
 *  Choosing scrolls to the words, and what then slides under a hand that lies still was not pointed at:
 *  until the hand or a key moves, entering and leaving say nothing. */

import type { Pointed } from './marks.ts';

type Place = readonly [number, number];

export class Pointing {
  now = $state.raw<Pointed>(null);
  #still = false;
  #at: Place | null = null;

  /** Something is entered (or left: null) by a pointer or the focus. */
  at(what: Pointed): void {
    if (!this.#still) this.now = what;
  }

  /** Something is chosen: it stays pointed at while the page scrolls to it. */
  choose(what: Pointed): void {
    this.now = what;
    this.#still = true;
  }

  /** Something is shown for a moment only, unless another was pointed at meanwhile. */
  async briefly(what: Pointed, shown: () => Promise<void>): Promise<void> {
    this.choose(what);
    await shown();
    if (this.now === what) this.now = null;
  }

  /** A pointer was heard of: only one that stands elsewhere than before has moved. */
  moved = (event: PointerEvent): void => {
    const [x, y] = this.#at ?? [event.screenX, event.screenY];
    if (x !== event.screenX || y !== event.screenY) this.#still = false;
    this.#at = [event.screenX, event.screenY];
  };

  /** A key was pressed: the focus may move. */
  pressed = (): void => {
    this.#still = false;
  };
}
