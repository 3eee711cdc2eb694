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

/** The sub-event types of the codebook, by the type that each is of; a test holds them in step with it. */
const SUBS: Record<string, readonly string[]> = {
  Battles: ['Government regains territory', 'Non-state actor overtakes territory', 'Armed clash'],
  'Explosions/Remote violence': [
    'Chemical weapon', 'Air/drone strike', 'Suicide bomb', 'Shelling/artillery/missile attack', 'Remote explosive/landmine/IED', 'Grenade',
  ],
  'Violence against civilians': ['Sexual violence', 'Attack', 'Abduction/forced disappearance'],
  'Strategic developments': [
    'Agreement', 'Arrests', 'Change to group/activity', 'Disrupted weapons use', 'Headquarters or base established',
    'Looting/property destruction', 'Non-violent transfer of territory', 'Other',
  ],
  Protests: ['Excessive force against protesters', 'Protest with intervention', 'Peaceful protest'],
  Riots: ['Violent demonstration', 'Mob violence'],
};
const INDEX = new Map(
  TYPES.flatMap(({ name }, index): [string, number][] => [[name, index], ...SUBS[name]!.map((sub): [string, number] => [sub, index])]),
);

const PROTESTS = new Set(TYPES.flatMap(({ name }, index) => (name === 'Protests' || name === 'Riots' ? [index] : [])));

/** Whether its first party are people who demonstrate, not those who do violence to a second. */
export function isProtest(sub: string): boolean {
  return PROTESTS.has(typeIndex(sub));
}

/** The place in TYPES of a type or a sub-event type. */
export function typeIndex(name: string): number {
  return INDEX.get(name) ?? 3;
}
