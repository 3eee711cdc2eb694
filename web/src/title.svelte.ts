/** What the page is about, to stand first in its title: a view that shows one thing says so while it is there. */

let about = $state('');

export const title = {
  get about() {
    return about;
  },
};

/** Keep what the page is about in step with `say`, and take it back when the view goes. Call it while a component is set up. */
export function entitled(say: () => string): void {
  $effect(() => {
    about = say();
    return () => (about = '');
  });
}
