/** What the review desk asks of the server, what it says to it, and the answers. */

import { get, send } from './api.ts';
import type { ReportTold } from './reading.ts';
import type { Day, Report, Rows } from './types.ts';

export type Order = 'uncertain' | 'random' | 'newest' | 'outlet';
export const ORDERS: readonly Order[] = ['uncertain', 'random', 'newest', 'outlet'];
export type Verdict = 'accept' | 'reject' | 'unsure';
export interface Words {
  in: 'title' | 'text';
  start: number;
  end: number;
  text?: string;
}
export interface Edit {
  value: unknown;
  span: Words | null;
}
export interface Queued {
  report: Report;
  incident: string | null;
  article: { key: string; doc_id: string; title: string; outlet: string | null; published: Day | null; synthetic: boolean };
  doubts: { name: string; weight: number; fields: string[] }[];
  uncertainty: number;
  mine: { verdict: Verdict; edits: Record<string, Edit> } | null;
  judged_by: number;
}
export interface Queue extends Rows<Queued> {
  seed: string;
  sample: string | null;
  considered: number | null;
}
export interface Entry {
  number: number;
  at: string;
  person: string;
  action: string;
  article_key: string | null;
  reports: (string | null)[];
  field: string | null;
  value: unknown;
  span: Words | null;
  undoes: number | null;
  undone_by: number | null;
}
export interface Decided {
  decision: Entry;
  changed: string[];
  gone: Record<string, string | null>;
  control: string[];
}
export interface Wish {
  action: Verdict | 'edit' | 'split' | 'merge' | 'whole';
  report?: string;
  article?: string;
  others?: string[];
  field?: string;
  value?: unknown;
  span?: Words & { unit: 'utf-16' };
  sample?: string;
}
export type Kind = 'choice' | 'yes_no' | 'place' | 'date' | 'actors' | 'toll' | 'sources' | 'words';
export interface FieldKind {
  name: string;
  kind: Kind;
  choices: string[];
  empty: boolean;
}
export interface Share {
  right: number;
  judged: number;
  share: number | null;
  low: number | null;
  high: number | null;
}
export interface Precision {
  seed: string;
  events: Share;
  by_type: Record<string, Share>;
  fields: Record<string, Share>;
  unsure: number;
  skipped: number;
}
export interface Agreement {
  one: string;
  other: string;
  both: number;
  agreed: number;
  raw: number;
  kappa: number | null;
}
export interface Session {
  mode: 'local' | 'accounts' | 'public';
  person: string | null;
  role: string | null;
  may: string[];
  csrf: string | null;
}

const part = encodeURIComponent;

export const review = {
  queue: (query: URLSearchParams, signal?: AbortSignal) => get<Queue>('/queue', query, signal),
  report: (id: string, signal?: AbortSignal) => get<ReportTold>(`/reports/${part(id)}`, undefined, signal),
  journal: (query: URLSearchParams, signal?: AbortSignal) => get<Rows<Entry>>('/decisions', query, signal),
  decide: (wish: Wish) => send<Decided>('POST', '/decisions', wish),
  undo: (number: number) => send<Decided>('POST', `/decisions/${number}/undo`),
  fields: (signal?: AbortSignal) => get<Rows<FieldKind>>('/fields', undefined, signal),
  precision: (query: URLSearchParams, signal?: AbortSignal) => get<Precision>('/precision', query, signal),
  agreement: (signal?: AbortSignal) => get<{ rows: Agreement[] }>('/agreement', undefined, signal),
  session: () => get<Session>('/session'),
  signIn: (name: string, password: string) => send<Session>('POST', '/session', { name, password }),
  signOut: () => send<Session>('DELETE', '/session'),
};
