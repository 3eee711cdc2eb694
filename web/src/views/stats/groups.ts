/** By what figures are counted, and what of. */

export const GROUPS = {
  time: ['year', 'month', 'week', 'day'],
  what: ['event-type', 'type', 'modality', 'grade'],
  who: ['camp', 'actor', 'source'],
  where: ['governorate', 'place', 'country'],
};
export const MEASURES = ['events', 'killed', 'injured'] as const;
