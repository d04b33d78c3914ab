import type { EngineContext } from '../engine/context.ts';
import { saveText } from '../engine/save.ts';
import { base } from './base.ts';

/** Procedures about the present queue. */
export const exploreRoutes = ({ session, grants }: EngineContext) => {
  const explore = () => session.require().explore;
  return base.explore.router({
    run: base.explore.run.handler(({ signal }) => explore().run(signal)),
    queue: base.explore.queue.handler(({ input }) => explore().queue(input)),
    exportCsv: base.explore.exportCsv.handler(async ({ input: { to, ...asked } }) => {
      const { rows, text } = await explore().csv(asked);
      const file = saveText(text, to, grants);
      session.require().case.journal.append('queue.exported', { rows });
      return { rows, file };
    }),
    exportEventsCsv: base.explore.exportEventsCsv.handler(async ({ input: { to, events }, signal }) => {
      const { rows, text } = await explore().eventsCsv(events, signal);
      const file = saveText(text, to, grants);
      session.require().case.journal.append('events.exported', { actor: events.actor, rows });
      return { rows, file };
    }),
    locate: base.explore.locate.handler(({ input }) => explore().locate(input)),
    timeline: base.explore.timeline.handler(({ input }) => explore().timeline(input)),
    lanes: base.explore.lanes.handler(({ input }) => explore().lanes(input)),
    histogram: base.explore.histogram.handler(({ input }) => explore().histogram(input)),
    operatingPoints: base.explore.operatingPoints.handler(({ input }) => explore().operatingPoints(input.filter)),
    groups: base.explore.groups.handler(() => explore().groups()),
    review: base.explore.review.handler(({ input }) => explore().review(input.target)),
    reliability: base.explore.reliability.handler(() => explore().reliability()),
    actor: base.explore.actor.handler(({ input, signal }) => explore().actor(input.actor, signal)),
    actorTimeline: base.explore.actorTimeline.handler(({ input, signal }) => explore().actorTimeline(input, signal)),
    actorEvents: base.explore.actorEvents.handler(({ input, signal }) => explore().actorEvents(input, signal)),
  });
};
