/** Light or dark: as the system says until the reader chooses. */

export type Theme = 'light' | 'dark';
const KEPT = 'waqai.theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

let chosen = $state<string | null>(localStorage.getItem(KEPT));
let dark = $state(system.matches);
system.addEventListener('change', (event) => (dark = event.matches));

export const theme = {
  get now(): Theme {
    return chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
  },
  set now(wanted: Theme) {
    chosen = wanted;
    localStorage.setItem(KEPT, wanted);
  },
};
