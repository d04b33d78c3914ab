import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { between, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS } from '../schema.ts';
import { atHome } from '../whereabouts.ts';

/** The middle of a reader's pauses, without the long ones. */
const GAP_MS = logNormal(12_500, 0.55);

/**
 * A program that waits between actions as a person would and keeps to popular things, but repeats one sequence, draws
 * all its pauses from one distribution, owns one device and never sleeps.
 */
export const humanlikeBot = (scene: Scene, actor: number, random: Random): Daily => {
  const script = Array.from({ length: 3 + random.int(3) }, () => random.int(3));
  const visitsPerDay = between(random, 0.25, 0.65) * (scene.intensity.humanlike_bot ?? 1);
  const everyMs = DAY_MS / visitsPerDay;
  const phone = random.int(2) === 0;
  let nextMs = random.float() * everyMs;

  return (day) => {
    for (; nextMs < (day + 1) * DAY_MS; nextMs += everyMs * between(random, 0.6, 1.4)) {
      const place = newSession(scene, atHome(scene.people, actor, phone));
      let timeMs = nextMs;
      for (const move of script) {
        const post = scene.catalogue.post(day, random);
        emit(scene, timeMs, actor, place, move === 0 ? acts.likePost(post) : acts.viewPost(post));
        timeMs += draw(GAP_MS, random);
      }
    }
  };
};
