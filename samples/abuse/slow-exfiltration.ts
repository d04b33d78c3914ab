import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { ZONES } from '../places.ts';
import { between, emit, localTime, newSession, type Daily, type Scene } from '../scene.ts';
import { atHome } from '../whereabouts.ts';

const GAP_MS = logNormal(75_000, 0.9);

/**
 * Somebody with rightful access who takes documents home, a few on many nights over weeks, never the same twice, from
 * their own machine, beside an ordinary working day.
 */
export const slowExfiltration = (scene: Scene, actor: number, random: Random): Daily => {
  const firstDay = random.int(Math.max(1, Math.floor(scene.days / 4)));
  const nightly = between(random, 0.12, 0.4) * (scene.intensity.slow_exfiltration ?? 1);
  const offset = ZONES[scene.people.zone[actor] ?? 0]?.offsetMinutes ?? 0;
  let next = random.int(scene.catalogue.documents);

  return (day) => {
    if (day < firstDay || random.float() > nightly) return;
    const place = newSession(scene, atHome(scene.people, actor));
    let timeMs = localTime(day, between(random, 40, 300), offset);
    for (let i = 1 + random.int(3); i > 0; i--) {
      next = (next + 1 + random.int(7)) % scene.catalogue.documents;
      emit(scene, timeMs, actor, place, acts.download(next));
      timeMs += draw(GAP_MS, random);
    }
  };
};
