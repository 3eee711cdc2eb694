/** What the article view, the lists, search and figures ask of the server, and the answers. */

import { get } from './api.ts';
import type { Day, Facet, Incident, IncidentPage, Interval, Report, Rows } from './types.ts';

/** Words at code points `start` to `end` of the title or the text. */
export interface Words {
  text?: string | null;
  start: number;
  end: number;
  in?: 'title' | 'text';
}
export type MentionKind = 'actor' | 'place' | 'person' | 'date' | 'number' | 'weapon' | 'source';
export interface MentionOf extends Words {
  kind: MentionKind;
  value: Record<string, unknown>;
}
export interface ArticleWhole {
  key: string;
  doc_id: string;
  title: string;
  text: string | null;
  withheld?: string | null;
  outlet: string | null;
  url: string | null;
  published: Day | null;
  newer?: string | null;
  synthetic?: boolean;
  copy_of?: string | null;
  copies: { key: string; doc_id: string; outlet: string | null; published: Day | null }[];
  furniture: { start: number; end: number }[];
  mentions: MentionOf[];
  reports: ReportTold[];
  note?: string | null;
}
export interface ReportTold extends Report {
  incident?: string | null;
  title?: string;
  synthetic?: boolean;
}
export interface Why {
  id: string;
  fields: { field: string; rule: string; words: (Words & { text: string }) | null; considered: string[] }[];
  note: string | null;
}
export interface ArticleRow {
  key: string;
  doc_id: string;
  title: string;
  outlet: string | null;
  url: string | null;
  published: Day | null;
  copy_of: string | null;
  copies: number;
  reports: number;
  synthetic: boolean;
}
export interface NamedRow {
  id: string;
  name?: string;
  name_ar?: string;
  name_en?: string;
  reports?: number;
  incidents?: number;
  articles?: number;
  copies?: number;
  denies?: number;
  first: Day | null;
  last: Day | null;
  level?: string;
  governorate?: string | null;
  country?: string | null;
  camp?: string;
  kind?: string;
}
export interface Hit {
  rank: number;
  article_key: string;
  doc_id: string;
  title: string;
  title_marks: Marks;
  pieces: { text: string; start: number; marks: Marks }[];
  matches: number;
  outlet: string | null;
  published: Day | null;
  copy_of: string | null;
}
export type Marks = { start: number; end: number }[];
export interface Sum {
  low: number;
  best: number;
  high: number;
  open: number;
}
export interface StatsRow {
  keys: (string | null)[];
  events: number;
  across: number;
  killed: Sum;
  injured: Sum;
  articles: number | null;
  outlets: number | null;
}
export interface StatsTable {
  by: string[];
  of: 'incidents' | 'reports';
  modality: string[];
  background: boolean | null;
  labels: Record<string, string>;
  rows: StatsRow[];
}
export type Paged<T> = Rows<T>;

const part = encodeURIComponent;

export const reading = {
  article: (key: string, signal?: AbortSignal) => get<ArticleWhole>(`/articles/${part(key)}`, undefined, signal),
  /** As it was known at the end of a day; without one, as it is known today. */
  incident: (id: string, asOf: string | undefined, signal?: AbortSignal) =>
    get<IncidentPage>(`/incidents/${part(id)}`, asOf ? new URLSearchParams({ as_of: asOf }) : undefined, signal),
  why: (id: string, signal?: AbortSignal) => get<Why>(`/reports/${part(id)}/why`, undefined, signal),
  list: <T>(path: string, query: URLSearchParams, signal?: AbortSignal) => get<Paged<T>>(`/${path}`, query, signal),
  search: (query: URLSearchParams, signal?: AbortSignal) => get<Rows<Hit>>('/search', query, signal),
  stats: (query: URLSearchParams, signal?: AbortSignal) => get<StatsTable>('/stats', query, signal),
  facets: (query: URLSearchParams, signal?: AbortSignal) => get<{ facets: Facet[] }>('/facets', query, signal),
};
export type { Incident, Interval };
