/** The state of the desk: the queue as far as it was fetched, where the reviewer is in it, and what was said. */

import { asked, type Conditions } from '../../lib/address.ts';
import { type Decided, type Edit, type Entry, type Order, type Queue, type Queued, review, type Verdict, type Wish } from '../../lib/review.ts';
import { t } from '../../lib/state/language.svelte.ts';

export interface Saying {
  verdict: Verdict | null;
  edits: Record<string, Edit>;
}
interface Made {
  number: number;
  /** null: it was said of a whole article. */
  report: string | null;
}
const PAGE = 30;
const DAY = 24 * 60 * 60 * 1000;

export class Desk {
  rows = $state.raw<readonly Queued[]>([]);
  /** The queue is fetched. */
  busy = $state(false);
  /** Reports of which something is on its way into the journal, in their order. */
  saving = $state.raw<readonly string[]>([]);
  ready = $state(false);
  error = $state<string | null>(null);
  /** Reports of which something was said that did not get into the journal, the first of them first. */
  failed = $state.raw<readonly string[]>([]);
  /** What was said at this desk since the page was opened, by report. */
  said = $state.raw<Readonly<Record<string, Saying>>>({});
  message = $state('');
  /** Entries of the journal that can be taken back here, the latest last. */
  made = $state.raw<readonly Made[]>([]);
  considered = $state<number | null>(null);
  #after: string | null = null;
  #sample: string | null = null;
  #question = new URLSearchParams();
  #line: Promise<unknown> = Promise.resolve();

  /** Begin with another question. */
  async begin(conditions: Conditions, order: Order, signal: AbortSignal): Promise<void> {
    this.#question = asked(conditions, { order, limit: String(PAGE) });
    [this.busy, this.error] = [true, null];
    try {
      const found = await review.queue(this.#question, signal);
      this.rows = [];
      this.#take(found);
      this.ready = true;
    } catch (problem) {
      if (signal.aborted) return;
      [this.rows, this.error] = [[], told(problem)];
    }
    this.busy = false;
  }

  #take(found: Queue): void {
    const known = new Set(this.rows.map((row) => row.report.id));
    this.rows = [...this.rows, ...found.rows.filter((row) => !known.has(row.report.id))];
    [this.#after, this.#sample, this.considered] = [found.after, found.sample, found.considered];
  }

  /** Fetch the next page; false when there is none. */
  async more(): Promise<boolean> {
    if (!this.#after || this.busy) return false;
    const query = new URLSearchParams(this.#question);
    query.set('after', this.#after);
    this.busy = true;
    try {
      this.#take(await review.queue(query));
      return true;
    } catch (problem) {
      this.error = told(problem);
      return false;
    } finally {
      this.busy = false;
    }
  }

  get hasMore(): boolean {
    return this.#after !== null;
  }

  /** What holds of a report: what was said here, else what the queue told of the asker. */
  saying(row: Queued): Saying {
    const mine = row.mine;
    return this.said[row.report.id] ?? { verdict: mine?.verdict ?? null, edits: mine?.edits ?? {} };
  }

  /** Say something of a report, after all that was said before it. True: it is in the journal. */
  decide(row: Queued, wish: Omit<Wish, 'report'>): Promise<boolean> {
    return this.#inLine(row.report.id, () => this.#decide(row, wish), false);
  }

  async #decide(row: Queued, wish: Omit<Wish, 'report'>): Promise<boolean> {
    const id = row.report.id;
    const judging = wish.action === 'accept' || wish.action === 'reject' || wish.action === 'unsure';
    const sample = judging && this.#sample !== null && this.rows.includes(row) ? { sample: this.#sample } : {};
    const about = wish.action === 'whole' ? { article: row.article.key } : { report: id };
    const done = await review.decide({ ...wish, ...about, ...sample });
    this.made = [...this.made, { number: done.decision.number, report: wish.action === 'whole' ? null : id }];
    this.#note(id, row, done);
    this.message = sentence(wish.action, done);
    return true;
  }

  /** Do something about a report when what was asked for before is done; what goes wrong is told with that report. */
  #inLine<T>(report: string, doing: () => Promise<T>, otherwise: T): Promise<T> {
    this.saving = [...this.saving, report];
    const done = this.#line.then(async () => {
      try {
        const found = await doing();
        this.failed = this.failed.filter((one) => one !== report);
        if (!this.failed.length) this.error = null;
        return found;
      } catch (problem) {
        [this.error, this.message] = [told(problem), ''];
        if (report && !this.failed.includes(report)) this.failed = [...this.failed, report];
        return otherwise;
      } finally {
        this.saving = this.saving.slice(1);
      }
    });
    this.#line = done;
    return done;
  }

  #note(id: string, row: Queued, done: Decided): void {
    const before = this.saying(row);
    const { action, field, value, span } = done.decision;
    if (action === 'edit' && field) {
      const edits = { ...before.edits, [field]: { value, span } };
      this.said = { ...this.said, [id]: { verdict: before.verdict ?? 'accept', edits } };
    } else if (action === 'accept' || action === 'reject' || action === 'unsure') {
      this.said = { ...this.said, [id]: { ...before, verdict: action } };
    }
  }

  /** Take the latest entry made here back, or that which the person made within a day before the page was opened; the report
   *  it was about. */
  undo(person: string): Promise<string | null> {
    return this.#inLine('', () => this.#undo(person), null);
  }

  async #undo(person: string): Promise<string | null> {
    const last = this.made.at(-1) ?? (await madeBefore(person));
    if (!last) {
      this.message = t('review.nothing_to_undo');
      return null;
    }
    this.made = this.made.slice(0, -1); // whether it can be taken back or was already: the next key takes the one before
    const { report } = last;
    try {
      await review.undo(last.number);
    } finally {
      if (report) await this.#ask(report, person);
    }
    this.message = t('review.undone', { n: last.number });
    return report;
  }

  /** What the journal says now of a report: the latest that is not taken back, and all corrections. */
  async #ask(report: string, person: string): Promise<void> {
    const { rows } = await review.journal(new URLSearchParams({ report, person }));
    const { verdict, edits } = summed(rows);
    this.said = { ...this.said, [report]: { verdict: verdict ?? (Object.keys(edits).length ? 'accept' : null), edits } };
  }
}

/** The latest entry of somebody that is not taken back, when it is not older than a day. */
async function madeBefore(person: string): Promise<Made | null> {
  const query = new URLSearchParams({ person, limit: '500' });
  for (;;) {
    const { rows, after } = await review.journal(query);
    const last = rows.find((entry) => entry.action !== 'undo' && entry.undone_by === null);
    const fresh = (entry: Entry | undefined): boolean => entry !== undefined && Date.now() - Date.parse(entry.at) < DAY;
    if (last) return fresh(last) ? { number: last.number, report: last.reports[0] ?? null } : null;
    if (!after || !fresh(rows.at(-1))) return null;
    query.set('after', after);
  }
}

/** What entries of the journal, the latest first, say of their report; those that were taken back say nothing. */
function summed(entries: readonly Entry[]): Saying {
  const edits: Record<string, Edit> = {};
  let verdict: Verdict | null = null;
  for (const entry of entries.toReversed()) {
    if (entry.undone_by !== null) continue;
    if (entry.action === 'edit' && entry.field) edits[entry.field] = { value: entry.value, span: entry.span };
    if (entry.action === 'accept' || entry.action === 'reject' || entry.action === 'unsure') verdict = entry.action;
  }
  return { verdict, edits };
}

/** What somebody has said of a report, also before the page was opened; null where nothing. */
export async function saidBefore(report: string, person: string, signal: AbortSignal): Promise<{ report: string; mine: Queued['mine'] }> {
  const { rows } = await review.journal(new URLSearchParams({ report, person }), signal);
  const { verdict, edits } = summed(rows);
  const any = verdict !== null || Object.keys(edits).length > 0;
  return { report, mine: any ? { verdict: verdict ?? 'accept', edits } : null };
}

function sentence(action: Wish['action'], done: Decided): string {
  const changed = done.changed.length + Object.keys(done.gone).length;
  const parts = [t(`review.done.${action}`)];
  if (changed) parts.push(t('review.changed', { n: changed }));
  if (done.control.length) parts.push(t('review.control', { n: done.control.length }));
  return parts.join(' · ');
}

export function told(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
