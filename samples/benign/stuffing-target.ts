import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { deskAgent, deviceOf, hostingIp, ZONES } from '../places.ts';
import { between, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS } from '../schema.ts';

/** Somebody whose account strangers tried to sign in to, in vain: odd events that are not their doing. */
export const stuffingTarget = (scene: Scene, actor: number, random: Random): Daily => {
  const onDay = random.int(scene.days);

  return (day) => {
    if (day !== onDay) return;
    const device = deviceOf(random.uint32(), 0);
    const spot = {
      ip: hostingIp(random.uint32()),
      device,
      agent: deskAgent(device),
      country: random.int(ZONES.length),
    };
    const place = newSession(scene, spot);
    let timeMs = day * DAY_MS + between(random, 0.02, 0.95) * DAY_MS;
    for (let i = 1 + random.int(2); i > 0; i--) {
      emit(scene, timeMs, actor, place, acts.login(true));
      timeMs += between(random, 2000, 9000);
    }
  };
};
