import { seededRandom } from '../../../core/random/index.ts';
import type { EventBatch } from '../../../core/rules/schema.ts';

export type LogShape = {
  readonly events: number;
  readonly actors: number;
  readonly seed: number;
  /** Events come this much later than they happened at most, in µs. */
  readonly disorder: number;
};

const DAY = 86_400e6;
/** 2026-01-05, a Monday. */
const START = 1_767_571_200e6;
const ACTIONS = [
  ...Array<string>(34).fill('view'),
  ...Array<string>(20).fill('login'),
  ...Array<string>(12).fill('message'),
  ...Array<string>(10).fill('post'),
  ...Array<string>(9).fill('follow'),
  ...Array<string>(8).fill('pay'),
  'report',
  'report',
  'reset',
  'export',
  'delete',
  'delete',
  'delete',
];
const COUNTRIES = Array.from({ length: 40 }, (_, i) => String.fromCharCode(65 + (i % 26), 65 + ((i * 7) % 26)));
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A day of a platform, batch by batch: most actors do little and a few do much (their shares fall like 1/√rank), one event in
 * two hundred belongs to a burst of one actor from one address. Texts are new strings, as a parser makes them.
 */
export function* makeLog({ events, actors, seed, disorder }: LogShape, rows: number): Generator<EventBatch> {
  const random = seededRandom(seed);
  const token = (kind: string, number: number): string => {
    let text = kind;
    let rest = Math.imul(number + 1, 0x9e3779b1) >>> 0;
    for (let i = 0; i < 5; i++) {
      text += LETTERS[rest % 62];
      rest = Math.floor(rest / 62);
    }
    // As long as a pseudonym; through bytes, so that it is a flat string of its own.
    return Buffer.from(`${text}${String(number).padStart(6, '0')}`.slice(0, 12), 'latin1').toString('latin1');
  };
  const skewed = (n: number): number => Math.floor(n * random.float() ** 2);
  const fresh = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');
  let burst = { actor: 0, ip: 0, left: 0 };
  for (let first = 0; first < events; first += rows) {
    const length = Math.min(rows, events - first);
    const ts = new Float64Array(length);
    const amount = new Float64Array(length).fill(Number.NaN);
    const texts: Record<
      'actor_id' | 'action' | 'object_id' | 'ip' | 'device_id' | 'country' | 'outcome',
      (string | null)[]
    > = { actor_id: [], action: [], object_id: [], ip: [], device_id: [], country: [], outcome: [] };
    for (let i = 0; i < length; i++) {
      ts[i] = START + Math.floor(((first + i) / events) * DAY) - Math.floor(random.float() * disorder);
      if (burst.left === 0 && random.float() < 1 / 6000) {
        burst = { actor: skewed(actors), ip: random.int(actors), left: 30 + random.int(60) };
      }
      const inBurst = burst.left > 0 && random.float() < 0.3;
      if (inBurst) burst.left--;
      const actor = inBurst ? burst.actor : skewed(actors);
      const action = ACTIONS[inBurst ? 34 + random.int(40) : random.int(ACTIONS.length)] ?? 'view';
      texts.actor_id.push(token('a', actor));
      texts.action.push(fresh(action));
      texts.object_id.push(random.float() < 0.1 ? null : token('o', skewed(actors)));
      texts.ip.push(token('i', inBurst ? burst.ip : Math.floor((actor * 0.7) / (1 + random.int(3)))));
      texts.device_id.push(random.float() < 0.05 ? null : token('d', actor + (random.float() < 0.02 ? 1 : 0)));
      texts.country.push(
        random.float() < 0.05 ? null : fresh(COUNTRIES[(actor + (random.float() < 0.01 ? 1 : 0)) % 40] ?? 'DE'),
      );
      texts.outcome.push(
        random.float() < 0.2 ? null : fresh(random.float() < (inBurst ? 0.7 : 0.08) ? 'failure' : 'success'),
      );
      if (action === 'pay') amount[i] = Math.round(100 * Math.exp(3 + 1.5 * random.normal())) / 100;
    }
    yield {
      length,
      ts,
      columns: new Map<string, readonly (string | null)[] | Float64Array>([
        ...Object.entries(texts),
        ['amount', amount],
      ]),
    };
  }
}
