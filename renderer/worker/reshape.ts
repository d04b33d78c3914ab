import { op, table } from 'arquero';
import { reshapeRequest, type ReshapeAnswer } from './messages.ts';

/**
 * The worker in which Arquero runs: its verbs are compiled at run time, which the page's content policy forbids and this
 * file's own policy allows. It sees numbers only, and has nothing it could connect to.
 */
self.addEventListener('message', (event: MessageEvent<unknown>) => {
  const { id, times, counts } = reshapeRequest.parse(event.data);
  const answer: ReshapeAnswer = { id, counts: hourOfWeek(times, counts) };
  self.postMessage(answer);
});

const hourOfWeek = (times: readonly number[], counts: readonly number[]): number[] => {
  const hours = Array.from({ length: 168 }, () => 0);
  const sums = table({ at: times, events: counts })
    .derive({ hour: (row: { at: number }) => (op.floor(row.at / 3_600_000) + 72) % 168 }) // 1 January 1970 was a Thursday
    .groupby('hour')
    .rollup({ events: (row: { events: number }) => op.sum(row.events) });
  for (const row of sums.objects()) hours[Number(Reflect.get(row, 'hour'))] = Number(Reflect.get(row, 'events'));
  return hours;
};
