import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { deviceOf, hostingIp, programAgent, ZONES } from '../places.ts';
import { between, chooseDays, dosed, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS } from '../schema.ts';

const GAP_MS = logNormal(2600, 0.7);

/**
 * A partner account that asks for sign-in tokens of other people's accounts, one password each: many accounts, nearly
 * all refused. The actor is the account that asks; accounts that give way are `takeover`.
 */
export const credentialStuffing = (scene: Scene, actor: number, random: Random): Daily => {
  const runs = chooseDays(random, 0, scene.days, 2 + random.int(3));
  const agent = programAgent(random.int(3));
  const device = deviceOf(actor, 9);
  const country = random.int(ZONES.length);
  const refused = between(random, 0.9, 0.99);

  return (day) => {
    if (!runs.includes(day)) return;
    const length = dosed(scene, 'credential_stuffing', 25 + random.int(50));
    let timeMs = day * DAY_MS + between(random, 0, 0.9) * DAY_MS;
    let place = newSession(scene, { ip: hostingIp(random.uint32()), device, agent, country });
    for (let i = 0; i < length; i++) {
      if (i % 15 === 14) place = newSession(scene, { ...place, ip: hostingIp(random.uint32()) });
      emit(scene, timeMs, actor, place, acts.tokenRequest(random.int(scene.people.size), random.float() < refused));
      timeMs += draw(GAP_MS, random);
    }
  };
};
