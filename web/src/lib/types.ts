/** The records as the API gives them (docs/EXPLORER.md, docs/RECORD.md). */

export type Day = string;
export type Status = 'held' | 'divided' | 'contested' | 'besieged' | 'unknown';
export type Stance = 'asserts' | 'denies' | 'doubts';
export type Modality = 'happened' | 'attempted' | 'planned' | 'denied';
export type GradeName = 'confirmed' | 'fair' | 'weak' | 'contested' | 'discounted';

export interface Named {
  name_en: string | null;
  name_ar: string | null;
}
export interface Actor extends Named {
  id: string;
  camp: string;
  kind: string;
}
export interface Source extends Named {
  kind: string;
}
export interface Place extends Named {
  id: string;
  lat: number | null;
  lon: number | null;
  level: string;
  precision: number;
  relation: string | null;
  country: string | null;
  governorate: string | null;
  pcode?: string | null;
}
/** A place as the list of places has it. */
export interface NamedPlace extends Named {
  id: string;
  lat: number | null;
  lon: number | null;
  level: string;
  [count: string]: unknown;
}
export interface DateRange {
  start: Day | null;
  end: Day | null;
  precision: number;
  basis: 'stated' | 'relative' | 'published';
  time: string | null;
}
export interface Toll {
  low: number;
  best: number | null;
  high: number | null;
}
export interface TollOf {
  outcome: 'killed' | 'injured';
  who: 'combatants' | 'civilians' | 'unknown';
  side: string | null;
  low: number;
  high: number | null;
}
export interface Version<T> {
  value: T;
  reports: string[];
  voices: string[];
}
export interface Voice {
  key: string;
  source: Source;
  side: string | null;
  stance: Stance[];
  counts_as: string | null;
  reports: string[];
}
export interface Grade {
  grade: GradeName;
  suggested: boolean;
  reason: string;
  person: string | null;
}
export interface ReportRef {
  id: string;
  doc_id: string;
  article_key: string;
  outlet: string | null;
  published: Day | null;
}
export interface Incident {
  id: string;
  event_type: string;
  sub_event_type: string;
  sub_event_types: Version<string>[];
  modality: Modality;
  modalities: Version<Modality>[];
  disputed: boolean;
  background: boolean;
  actor1: Actor[];
  actors1: Version<Actor[]>[];
  actor2: Actor[];
  actors2: Version<Actor[]>[];
  target: { kind: string } | null;
  targets: Version<string>[];
  place: Place | null;
  places: Version<Place>[];
  date: DateRange | null;
  dates: Version<DateRange>[];
  killed: Toll | null;
  injured: Toll | null;
  civilians_killed: Toll | null;
  tolls: Version<TollOf>[];
  weapon: string | null;
  weapons: Version<string>[];
  blamed: Version<Actor>[];
  denials: string[];
  grade: Grade | null;
  voices: Voice[];
  independent_voices: number;
  merges: { report: string; joined: string; score: number; reasons: string[] }[];
  reports: ReportRef[];
}

export interface Span {
  text: string;
  start: number;
  end: number;
  in?: 'title' | 'text';
}
export interface ChainLink extends Source, Partial<Span> {}
export interface Claim {
  chain: ChainLink[];
  stance: Stance;
  blames: Actor[];
}
export interface Report {
  id: string;
  doc_id: string;
  article_key: string;
  event_type: string;
  sub_event_type: string;
  modality: Modality;
  background: boolean;
  actor1: (Actor & Partial<Span>)[];
  actor2: (Actor & Partial<Span>)[];
  target: { kind: string | null; text: string } | null;
  place: (Place & Partial<Span>) | null;
  date: (DateRange & { text?: string }) | null;
  casualties: (TollOf & Partial<Span> & { claim: number | null })[];
  killed: [number, number | null] | null;
  injured: [number, number | null] | null;
  claims: Claim[];
  attributed_to: ChainLink[];
  weapon: string | null;
  evidence: Span;
  coder: { name: string; version: string; knowledge: string; rules: string[] };
  confidence: number;
  outlet?: string | null;
  published?: Day | null;
}
/** One incident whole: its reports with what they say, and what people decided. */
export interface IncidentPage extends Omit<Incident, 'reports'> {
  reports: (ReportRef & { report?: Report })[];
  decisions?: Decision[];
}
export interface Decision {
  number: number;
  at: string;
  person: string;
  action: string;
  field: string | null;
  undoes: number | null;
}

export interface Interval {
  place: Place;
  status: Status;
  holders: { actor: Actor; part: string | null }[];
  from: Day;
  to: Day | null;
  rule: string;
  reports: Evidence[];
  against: Evidence[];
}
export interface Evidence {
  id: string;
  kind?: 'report' | 'statement';
  doc_id?: string;
  article_key?: string;
  outlet?: string | null;
  published?: Day | null;
  text?: string | null;
}

export interface Rows<T> {
  rows: T[];
  after: string | null;
  /** How many rows there are in all; `total_more`: or more than that. */
  total?: number | null;
  total_more?: boolean | null;
}
export interface Record_ {
  counts: Record<string, number>;
  first: Day | null;
  last: Day | null;
  synthetic: boolean;
  read_only: boolean;
  today: Day;
  public?: boolean;
  asking?: { name: string | null; role: string } | null;
  versions?: Record<string, string>;
}
export interface Facet {
  name: string;
  values: { value: string | null; label: string; label_ar?: string | null; number: number }[];
  more: boolean;
}
export interface HistogramBin {
  from: Day;
  to: Day;
  incidents: number;
  articles: number;
}
export interface Feature<P> {
  type: 'Feature';
  geometry: { type: 'Point'; coordinates: [number, number] } | null;
  properties: P;
}
export interface Features<P> {
  type: 'FeatureCollection';
  features: Feature<P>[];
}
export interface Points extends Features<PointProperties> {
  /** The first and last day of each incident that has no point. */
  unplaced: [Day | null, Day | null][];
}
export interface PointProperties {
  id: string;
  type: string;
  start: Day | null;
  end: Day | null;
  killed: Toll | null;
  voices: number;
  grade: string | null;
  disputed: boolean;
  modality: Modality;
  precision: number;
}
export type Control = Interval;

export interface Mention extends Span {
  kind: 'actor' | 'place' | 'person' | 'date' | 'number' | 'weapon' | 'source';
  value: unknown;
}
export interface ArticlePage {
  key: string;
  doc_id: string;
  title: string | null;
  text: string | null;
  outlet: string | null;
  url: string | null;
  published: Day | null;
  copies: unknown[];
  furniture: [number, number][];
  mentions: Mention[];
  reports: Report[];
}
