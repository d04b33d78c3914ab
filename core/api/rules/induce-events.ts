import { ACTOR } from '../../rules/backtest/rule-hits.ts';
import { isOpenColumn } from '../../rules/leak/open-columns.ts';
import { DEFAULT_K } from '../../rules/leak/index.ts';
import type { EventBatch } from '../../rules/schema.ts';
import type { Readers } from '../../store/index.ts';
import type { RuleCandidate } from '../contract/rules-findings.ts';
import { NightjarError } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { candidateOf } from './candidate.ts';
import { allEvents, MOST_TOGETHER } from './event-source.ts';
import { induceEventsApart } from './induce-apart.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Events of one actor: those of a technique, of a night. Times are milliseconds since 1970; `to` is left out of it. */
export type EventChoice = {
  readonly actor: string;
  readonly from?: number;
  readonly to?: number;
  readonly actions?: readonly string[];
};

/** What windows are asked about, beside the columns of behaviour. */
const ALWAYS = [ACTOR, 'action', 'object_id'];

/**
 * Looks for a rule that catches the chosen events of a case and few others. A value is named only where ten actors show it. What it is
 * worth is counted in events of the case, all of which it has seen. Errors: `input` where no event is chosen or the case has too many,
 * `cancelled`.
 */
export const induceOverEvents = async (
  readers: Pick<Readers, 'read'>,
  choice: EventChoice,
  { signal, onProgress }: Watch = {},
): Promise<{ readonly candidates: readonly RuleCandidate[]; readonly notes: readonly string[] }> => {
  onProgress?.({ stage: 'Reading the case', done: 0, unit: 'steps' });
  const vocabulary = await vocabularyOf(readers, signal);
  const open = vocabulary.columns.filter(({ name, type }) => type === 'text' && isOpenColumn(name));
  const columns = [...new Set([...ALWAYS, ...open.map(({ name }) => name)])];
  const batches = await allEvents(readers, columns, signal);
  if (batches === undefined) {
    const message = `The case has more than ${MOST_TOGETHER.toLocaleString('en')} events: too many to look through one by one.`;
    const next = 'Start from actors, or import the days in question into a case of their own.';
    throw new NightjarError('input', message, { next });
  }
  const chosen = batches.map((batch) => chosenRows(batch, choice));
  const those = (wanted: 0 | 1) => batches.map((batch, b) => rowsWhere(batch, chosen[b] ?? new Uint8Array(), wanted));
  onProgress?.({ stage: 'Looking for a rule', done: 0, unit: 'rules' });
  const induced = await induceEventsApart({ positive: those(1), other: those(0) }, signal);
  const { rule, events: training } = induced;
  const candidates =
    rule === null || training === null
      ? []
      : [candidateOf({ rule, training, holdOut: null }, vocabulary, 'events', SHOWN_BY_MANY)];
  return { candidates, notes: induced.notes.map(({ message }) => message) };
};

const SHOWN_BY_MANY = `Every value in it is shown by at least ${DEFAULT_K} actors.`;

const chosenRows = (batch: EventBatch, { actor, from, to, actions }: EventChoice): Uint8Array => {
  const [first, last] = [(from ?? -Infinity) * 1000, (to ?? Infinity) * 1000];
  const named = actions === undefined || actions.length === 0 ? undefined : new Set(actions);
  const [actors, done] = [batch.columns.get(ACTOR), batch.columns.get('action')];
  return Uint8Array.from({ length: batch.length }, (_, i) => {
    const at = batch.ts[i] ?? Number.NaN;
    const action = done?.[i];
    const isNamed = named === undefined || (typeof action === 'string' && named.has(action));
    return actors?.[i] === actor && at >= first && at < last && isNamed ? 1 : 0;
  });
};

const rowsWhere = ({ ts, columns }: EventBatch, flags: Uint8Array, wanted: 0 | 1): EventBatch => {
  const rows = [...flags.keys()].filter((i) => flags[i] === wanted);
  return {
    length: rows.length,
    ts: Float64Array.from(rows, (i) => ts[i] ?? Number.NaN),
    columns: new Map(
      [...columns].map(([name, values]) => [
        name,
        values instanceof Float64Array
          ? Float64Array.from(rows, (i) => values[i] ?? Number.NaN)
          : rows.map((i) => values[i] ?? null),
      ]),
    ),
  };
};
