import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { deviceOf, hostingIp, programAgent } from '../places.ts';
import { between, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS } from '../schema.ts';

const GAP_MS = logNormal(900, 0.4);

/** A customer's program that synchronises every few hours, day and night, for a handful of accounts of its own. */
export const apiClient = (scene: Scene, actor: number, random: Random): Daily => {
  const customers = Array.from({ length: 3 + random.int(8) }, () => random.int(scene.people.size));
  const device = deviceOf(actor, 9);
  const spot = {
    ip: hostingIp(random.uint32()),
    device,
    agent: programAgent(random.int(3)),
    country: scene.people.zone[actor] ?? 0,
  };
  const runsPerDay = 1 + random.int(3);
  const minute = random.int(1440 / runsPerDay);
  const firstProduct = random.int(scene.catalogue.products);

  return (day) => {
    for (let run = 0; run < runsPerDay; run++) {
      const place = newSession(scene, spot);
      let timeMs = day * DAY_MS + (minute + (run * 1440) / runsPerDay + between(random, 0, 2)) * 60_000;
      emit(
        scene,
        timeMs,
        actor,
        place,
        acts.tokenRequest(customers[random.int(customers.length)] ?? 0, random.int(30) === 0),
      );
      for (let i = 2 + random.int(3); i > 0; i--) {
        timeMs += draw(GAP_MS, random);
        emit(scene, timeMs, actor, place, acts.viewProduct((firstProduct + random.int(12)) % scene.catalogue.products));
      }
    }
  };
};
