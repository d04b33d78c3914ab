import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { between, chooseDays, dosed, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS } from '../schema.ts';
import { atHome } from '../whereabouts.ts';

const FAST_GAP_MS = logNormal(5500, 0.6);
const PATIENT_GAP_MS = logNormal(24_000, 0.9);

/**
 * Writes nearly the same message with a link to people it does not know, in runs of 6 to 20; some are refused.
 * Four in ten take their time between messages and browse in between.
 */
export const spamSender = (scene: Scene, actor: number, random: Random): Daily => {
  const runs = chooseDays(random, 0, scene.days, 3 + random.int(4));
  const patient = random.int(10) < 4;
  const template = random.int(900);
  const phone = random.int(3) > 0;

  return (day) => {
    if (!runs.includes(day)) return;
    const place = newSession(scene, atHome(scene.people, actor, phone));
    let timeMs = day * DAY_MS + between(random, 0.05, 0.9) * DAY_MS;
    for (let i = dosed(scene, 'spam_sender', 5 + random.int(patient ? 6 : 12)); i > 0; i--) {
      if (patient && random.int(2) === 0) {
        emit(scene, timeMs, actor, place, acts.viewPost(scene.catalogue.post(day, random)));
      } else {
        const to = random.int(scene.people.size);
        emit(scene, timeMs, actor, place, acts.message(to, 'spam', template + random.int(3), random.int(16) === 0));
      }
      timeMs += draw(patient ? PATIENT_GAP_MS : FAST_GAP_MS, random);
    }
  };
};
