import { sumByHourOfWeek } from './hour-of-week.ts';
import { reshapeRequest, type ReshapeAnswer } from './messages.ts';

/**
 * The worker in which Arquero runs: its verbs are compiled at run time, which the page's content policy forbids and this
 * file's own policy allows. It sees numbers only, and has nothing it could connect to.
 */
self.addEventListener('message', (event: MessageEvent<unknown>) => {
  const { id, times, counts } = reshapeRequest.parse(event.data);
  const answer: ReshapeAnswer = { id, counts: sumByHourOfWeek(times, counts) };
  self.postMessage(answer);
});
