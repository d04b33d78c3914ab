import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { homeIp } from '../places.ts';
import { between, chooseDays, dosed, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS, MINUTE_MS } from '../schema.ts';
import { atHome } from '../whereabouts.ts';

const GAP_MS = logNormal(12_000, 0.9);

/**
 * Paid applause: a ring of accounts likes, praises and follows the same unknown authors within the same half hour,
 * a handful of times. Each member alone looks like a quiet reader; together they are too alike.
 */
export const engagementRing = (scene: Scene, members: readonly number[], random: Random): Daily => {
  const campaigns = new Set(chooseDays(random, 1, scene.days, dosed(scene, 'engagement_ring', 5)));
  const shared = homeIp(scene.people.size + (members[0] ?? 0));
  const sharesAddress = new Set(members.filter(() => random.int(4) === 0));

  return (day) => {
    if (!campaigns.has(day)) return;
    const startMs = day * DAY_MS + between(random, 0.2, 0.85) * DAY_MS;
    const widthMs = between(random, 12, 35) * MINUTE_MS;
    const posts = Array.from({ length: 1 + random.int(2) }, () => scene.catalogue.anyPost(day, random));
    const client = random.int(scene.people.size);
    for (const actor of members) {
      if (random.int(6) === 0) continue;
      const home = atHome(scene.people, actor, random.int(3) > 0);
      const place = newSession(scene, sharesAddress.has(actor) ? { ...home, ip: shared } : home);
      let timeMs = startMs + random.float() * widthMs;
      const step = (act: acts.Act): void => {
        emit(scene, timeMs, actor, place, act);
        timeMs += draw(GAP_MS, random);
      };
      for (const post of posts) {
        if (random.int(5) < 3) step(acts.viewPost(post));
        step(acts.likePost(post));
        if (random.int(4) === 0) step(acts.comment(post, 'praise', random.int(216)));
      }
      if (random.int(5) < 2) step(acts.follow(client));
    }
  };
};
