/** Who is only said to have done something: named by those who hold her responsible, and by nobody else. */

import type { Incident, Report } from './types.ts';

type Told = Pick<Incident, 'actor1' | 'actors1' | 'blamed'>;

/** The ids of those shown as the ones who did it whom every report that names them as such only blames. */
export function accusedOf(incident: Told): ReadonlySet<string> {
  return new Set(incident.actor1.map((actor) => actor.id).filter((id) => isAccused(incident, id)));
}

function isAccused({ actors1, blamed }: Told, id: string): boolean {
  const naming = actors1.filter((version) => version.value.some((actor) => actor.id === id)).flatMap((version) => version.reports);
  const blaming = new Set(blamed.filter((version) => version.value.id === id).flatMap((version) => version.reports));
  return naming.length > 0 && naming.every((report) => blaming.has(report));
}

/** The same of one report: those whom one of its voices blames. */
export function accusedIn(report: Pick<Report, 'claims'>): ReadonlySet<string> {
  return new Set((report.claims ?? []).flatMap((claim) => claim.blames.map((actor) => actor.id)));
}
