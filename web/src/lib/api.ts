/** The client of /api/v1: one function for each question, with the types of its answers. */

import type {
  ArticlePage, Control, Facet, Feature, Features, HistogramBin, Incident, IncidentPage, Interval, NamedPlace, Place, Points, Record_, Report,
  Rows,
} from './types.ts';

const BASE = '/api/v1';

/** What the server says is wrong: one sentence, in the language of the page. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function get<T>(path: string, query?: URLSearchParams, signal?: AbortSignal): Promise<T> {
  const asked = query?.toString();
  const response = await fetch(BASE + path + (asked ? `?${asked}` : ''), {
    signal: signal ?? null,
    headers: { accept: 'application/json' },
    credentials: 'same-origin',
  });
  return answered<T>(response);
}

let token: string | null = null;

/** The token that writing requests carry; the server tells it with the session. */
export function carry(given: string | null): void {
  token = given;
}

export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await fetch(BASE + path, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(token && { 'x-csrf-token': token }) },
    credentials: 'same-origin',
    body: body === undefined ? null : JSON.stringify(body),
  });
  return answered<T>(response);
}

async function answered<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  const told: unknown = await response.json().catch(() => null);
  if (response.ok) return told as T;
  throw new Problem(response.status, sentence(told) || response.statusText || String(response.status));
}

function sentence(told: unknown): string {
  if (!told || typeof told !== 'object' || !('error' in told)) return '';
  const arabic = document.documentElement.lang === 'ar' && 'error_ar' in told ? told.error_ar : null;
  return String(arabic ?? told.error);
}

const part = encodeURIComponent;

export const api = {
  record: (signal?: AbortSignal) => get<Record_>('/record', undefined, signal),
  incidents: (query: URLSearchParams, signal?: AbortSignal) => get<Rows<Incident>>('/incidents', query, signal),
  incident: (id: string, signal?: AbortSignal) => get<IncidentPage>(`/incidents/${part(id)}`, undefined, signal),
  reports: (query: URLSearchParams, signal?: AbortSignal) => get<Rows<Report>>('/reports', query, signal),
  report: (id: string, signal?: AbortSignal) => get<Report>(`/reports/${part(id)}`, undefined, signal),
  article: (key: string, signal?: AbortSignal) => get<ArticlePage>(`/articles/${part(key)}`, undefined, signal),
  points: (query: URLSearchParams, signal?: AbortSignal) => get<Points>('/points', query, signal),
  histogram: (query: URLSearchParams, signal?: AbortSignal) => get<{ rows: HistogramBin[] }>('/histogram', query, signal),
  facets: (query: URLSearchParams, signal?: AbortSignal) => get<{ facets: Facet[] }>('/facets', query, signal),
  control: (query: URLSearchParams, signal?: AbortSignal) => get<Features<Control>>('/control', query, signal),
  places: (query: URLSearchParams, signal?: AbortSignal) => get<Rows<NamedPlace>>('/places', query, signal),
  placeControl: (id: string, signal?: AbortSignal) => get<{ place: Place | null; rows: Interval[] }>(`/control/${part(id)}`, undefined, signal),
  boundaries: (layer: string, signal?: AbortSignal) =>
    get<Features<{ name_ar: string; name_en: string; country: string; pcode?: string }>>(`/boundaries/${layer}`, undefined, signal),
};

/** The address of a list in another form, for a link that downloads it. */
export function download(path: string, query: URLSearchParams, format: 'csv' | 'jsonl' | 'geojson'): string {
  const asked = new URLSearchParams(query);
  asked.set('format', format);
  return `${BASE}${path}?${asked.toString()}`;
}

export type { Feature };
