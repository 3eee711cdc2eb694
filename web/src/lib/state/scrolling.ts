/** How far down the reader was on each page: kept with its step of the history, and gone back to when the page is long enough. */

const PATIENCE = 3000; // ms in which what was left goes and the page grows to its length
const STOPS = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;
let stop: () => void = () => {};

history.scrollRestoration = 'manual';
window.addEventListener('pagehide', keepPlace);
if (placeOf(history.state) > 0) returnTo(placeOf(history.state));

/** Write down where the reader is: before another step is made. */
export function keepPlace(): void {
  history.replaceState({ ...history.state, y: Math.round(scrollY) }, '');
}

/** The top of another page; the heading of the next page of a list is where keys go on. */
export function toTop(heading: boolean): void {
  stop();
  scrollTo(0, 0);
  if (!heading) return;
  const found = document.querySelector<HTMLElement>('#content h1');
  if (!found) return;
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
}

/** Where the reader was on a page that Back or Forward led to. */
export function toPlaceOf(state: unknown): void {
  returnTo(placeOf(state));
}

function placeOf(state: unknown): number {
  const held = state && typeof state === 'object' && 'y' in state ? Number(state.y) : 0;
  return Number.isFinite(held) ? held : 0;
}

/** Be there whenever the page reaches so far down, until it had time to be drawn or the reader moves. */
function returnTo(y: number): void {
  stop();
  const page = document.documentElement;
  const watching = new ResizeObserver(arrive);
  const late = setTimeout(() => stop(), PATIENCE);
  stop = () => {
    watching.disconnect();
    clearTimeout(late);
    for (const name of STOPS) window.removeEventListener(name, stop);
    stop = () => {};
  };
  for (const name of STOPS) window.addEventListener(name, stop, { passive: true });
  function arrive(): void {
    if (page.scrollHeight - innerHeight >= y) scrollTo(0, y);
  }
  function watch(): void {
    const content = document.getElementById('content');
    if (content) watching.observe(content);
    else requestAnimationFrame(watch); // the page is just loaded
  }
  watch();
}
