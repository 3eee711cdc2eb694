/** What `selected` in an address means. */

export type Selection =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'place'; readonly id: string }
  | { readonly kind: 'point'; readonly at: [number, number]; readonly box: string }
  | { readonly kind: 'shown' }
  | { readonly kind: 'nothing' };

const NEAR = 1e-5; // degrees: the points of one place are the same number

export function selection(text: string): Selection {
  if (!text) return { kind: 'nothing' };
  if (text === 'shown') return { kind: 'shown' };
  if (text.startsWith('@')) {
    const [lon, lat] = text.slice(1).split(',').map(Number);
    if (lon !== undefined && lat !== undefined && Number.isFinite(lon) && Number.isFinite(lat)) {
      const box = [lon - NEAR, lat - NEAR, lon + NEAR, lat + NEAR].map((n) => n.toFixed(5)).join(',');
      return { kind: 'point', at: [lon, lat], box };
    }
  }
  return /^[0-9a-f]{16,64}$/.test(text) ? { kind: 'incident', id: text } : { kind: 'place', id: text };
}
