import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { between, chooseDays, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS, MINUTE_MS } from '../schema.ts';
import { atHome } from '../whereabouts.ts';

const GAP_MS = logNormal(14_000, 1);

/** Friends of one popular author who cheer each new post within a few hours: alike, but loosely and in the open. */
export const fanClub = (scene: Scene, members: readonly number[], random: Random): Daily => {
  const occasions = new Set(chooseDays(random, 1, scene.days, 7));
  const rank = random.int(5);

  return (day) => {
    if (!occasions.has(day)) return;
    const startMs = day * DAY_MS + between(random, 0.3, 0.75) * DAY_MS;
    const post = scene.catalogue.rankedPost(day, rank);
    for (const actor of members) {
      if (random.int(2) === 0) continue;
      const place = newSession(scene, atHome(scene.people, actor, true));
      let timeMs = startMs + random.float() * random.float() * 300 * MINUTE_MS;
      const step = (act: acts.Act): void => {
        emit(scene, timeMs, actor, place, act);
        timeMs += draw(GAP_MS, random);
      };
      step(acts.viewPost(post));
      if (random.int(4) > 0) step(acts.likePost(post));
      if (random.int(3) === 0) step(acts.comment(post, 'comment', random.int(4096)));
      for (let i = random.int(4); i > 0; i--) step(acts.viewPost(scene.catalogue.post(day, random)));
    }
  };
};
