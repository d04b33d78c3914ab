import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { deskAgent, deviceOf, guestIp, officeIp, ZONES } from '../places.ts';
import { between, emit, localTime, newSession, type Daily, type Scene } from '../scene.ts';

const GAP_MS = logNormal(45_000, 1);

/** A shared account of several editors: early to late, many posts with the same opening words, correspondents abroad. */
export const newsroom = (scene: Scene, actor: number, random: Random): Daily => {
  const zone = scene.people.zone[actor] ?? 0;
  const editors = 3 + random.int(4);
  const office = officeIp(0x10000 + actor);

  return (day) => {
    for (let shift = 1 + random.int(day % 7 < 5 ? 3 : 2); shift > 0; shift--) {
      const away = random.int(8) === 0;
      const device = deviceOf(actor, random.int(editors));
      const place = newSession(scene, {
        ip: away ? guestIp(random.uint32()) : office,
        device,
        agent: deskAgent(device),
        country: away ? random.int(ZONES.length) : zone,
      });
      let timeMs = localTime(day, between(random, 320, 1380), ZONES[zone]?.offsetMinutes ?? 0);
      for (let i = 2 + random.int(4); i > 0; i--) {
        const kind = random.int(5);
        if (kind < 3)
          emit(scene, timeMs, actor, place, acts.write(scene.catalogue.newPost(), 'headline', random.int(150)));
        else if (kind === 3) emit(scene, timeMs, actor, place, acts.viewPost(scene.catalogue.post(day, random)));
        else emit(scene, timeMs, actor, place, acts.message(random.int(scene.people.size), 'chat', random.int(8192)));
        timeMs += draw(GAP_MS, random);
      }
    }
  };
};
