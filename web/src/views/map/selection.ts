/** What `selected` in an address means. */

export type Selection =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'place'; readonly id: string }
  | { readonly kind: 'box'; readonly at: [number, number]; readonly box: string }
  | { readonly kind: 'shown' }
  | { readonly kind: 'nothing' };

export function selection(text: string): Selection {
  if (!text) return { kind: 'nothing' };
  if (text === 'shown') return { kind: 'shown' };
  if (text.startsWith('@')) {
    const [west, south, east, north] = text.slice(1).split(',').map(Number);
    const at: [number, number] = [(west! + east!) / 2, (south! + north!) / 2];
    return Number.isFinite(at[0]) && Number.isFinite(at[1]) ? { kind: 'box', at, box: text.slice(1) } : { kind: 'nothing' };
  }
  return /^[0-9a-f]{16,64}$/.test(text) ? { kind: 'incident', id: text } : { kind: 'place', id: text };
}
