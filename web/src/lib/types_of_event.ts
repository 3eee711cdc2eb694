/** The six types of event: shape and colour together, so that neither alone has to tell them apart. */

export interface TypeMark {
  readonly name: string;
  readonly css: string;
  /** Corners of the shape in a square from -1 to 1; none: a circle. The map's shader draws the same shapes. */
  readonly corners: readonly (readonly [number, number])[];
}

export const TYPES: readonly TypeMark[] = [
  { name: 'Battles', css: 'battles', corners: [[0, -1], [1, 0], [0, 1], [-1, 0]] },
  { name: 'Explosions/Remote violence', css: 'explosions', corners: [[0, -1], [0.95, 0.72], [-0.95, 0.72]] },
  { name: 'Violence against civilians', css: 'violence', corners: [] },
  { name: 'Strategic developments', css: 'strategic', corners: [[-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78]] },
  { name: 'Protests', css: 'protests', corners: [[-0.95, -0.72], [0.95, -0.72], [0, 1]] },
  {
    name: 'Riots',
    css: 'riots',
    corners: [[-1, 0], [-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87]],
  },
];

export function typeIndex(name: string): number {
  const found = TYPES.findIndex((type) => type.name === name);
  return found < 0 ? 3 : found;
}
