/** What the accounts of one incident say, field by field, and where they part. */

import type { IncidentPage, TollOf, Version, Voice } from '../../lib/types.ts';

/** A toll as one voice gives it: [low, high], null for at least. Of several numbers of a voice, the widest range. */
export interface Told {
  readonly voice: Voice;
  readonly killed: readonly TollOf[];
  readonly injured: readonly TollOf[];
}

/** What each voice counts; voices that count nothing are left out. */
export function tollsByVoice(incident: IncidentPage): Told[] {
  return incident.voices
    .map((voice) => {
      const own = incident.tolls.filter((toll) => toll.voices.includes(voice.key)).map((toll) => toll.value);
      return {
        voice,
        killed: own.filter((toll) => toll.outcome === 'killed'),
        injured: own.filter((toll) => toll.outcome === 'injured'),
      };
    })
    .filter((told) => told.killed.length || told.injured.length);
}

/** Whether a voice gives a version in one of these reports (ids). */
export function isOf(version: Version<unknown>, voice: Voice, from: readonly string[]): boolean {
  return version.voices.includes(voice.key) && version.reports.some((id) => from.includes(id));
}

/** The version that a voice gives of a field in one of these reports; null where it gives none. */
export function versionIn<T>(versions: readonly Version<T>[], voice: Voice, from: readonly string[]): T | null {
  return versions.find((version) => isOf(version, voice, from))?.value ?? null;
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Who blames whom: each party with the voices that blame it. */
export function blames(incident: IncidentPage): { actor: IncidentPage['blamed'][number]['value']; voices: Voice[] }[] {
  return incident.blamed.map((version) => ({
    actor: version.value,
    voices: incident.voices.filter((voice) => version.voices.includes(voice.key)),
  }));
}

/** The voices that deny or doubt. */
export function against(incident: IncidentPage): Voice[] {
  return incident.voices.filter((voice) => voice.stance.some((stance) => stance !== 'asserts'));
}
