/** The client of /api/v1: one function for each question, with the types of its answers. */

import type {
  ArticlePage, Control, Facet, Feature, Features, HistogramBin, Incident, IncidentPage, Interval, NamedPlace, Place, Points, Record_, Report,
  Rows,
} from './types.ts';

const BASE = '/api/v1';
/** Said by the page itself, for no server answers. */
const UNREACHED = {
  ar: 'لا يمكن الوصول إلى الخادم: تأكد من أنه يعمل ومن اتصال الشبكة، ثم حاول مرة أخرى.',
  en: 'The server cannot be reached: see that it runs and that the network is there, and try again.',
};

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
  const response = await reached(BASE + path + (asked ? `?${asked}` : ''), {
    signal: signal ?? null,
    headers: { accept: 'application/json' },
    credentials: 'same-origin',
  });
  return answered<T>(response);
}

let token: string | null = null;
let renew: () => Promise<void> = async () => {};
let ended: () => void = () => {};

/** The token that writing requests carry; the server tells it with the session. */
export function carry(given: string | null): void {
  token = given;
}

/** What to do when a token is no longer that of the session, and when the session is over. */
export function watch(asking: { renew: () => Promise<void>; ended: () => void }): void {
  ({ renew, ended } = asking);
}

export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const carried = token;
  try {
    return await sent<T>(method, path, body);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status !== 403) throw problem;
    await renew(); // somebody signed in anew in another tab: the same may be asked with the token of now
    if (token === carried) throw problem;
    return sent<T>(method, path, body);
  }
}

async function sent<T>(method: string, path: string, body: unknown): Promise<T> {
  const response = await reached(BASE + path, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(token && { 'x-csrf-token': token }) },
    credentials: 'same-origin',
    body: body === undefined ? null : JSON.stringify(body),
  });
  return answered<T>(response);
}

/** Ask the server; a Problem with status 0 when it cannot be reached. */
async function reached(address: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(address, how);
  } catch (problem) {
    if (how.signal?.aborted || !(problem instanceof TypeError)) throw problem;
    throw new Problem(0, UNREACHED[document.documentElement.lang === 'ar' ? 'ar' : 'en']);
  }
}

async function answered<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  const told: unknown = await response.json().catch(() => null);
  if (response.ok) return told as T;
  if (response.status === 401 && token !== null) ended();
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
