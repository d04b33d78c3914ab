import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { deskAgent, deviceOf, hostingIp, programAgent, ZONES } from '../places.ts';
import { between, chooseDays, dosed, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS } from '../schema.ts';

const FAST_GAP_MS = logNormal(1400, 0.45);
/** One scraper in four keeps to a reader's pace. */
const PATIENT_GAP_MS = logNormal(9000, 0.5);

/**
 * Copies the catalogue: runs of 30 to 110 views of items nobody else looks at, hardly ever the same twice, from a few
 * rented addresses, mostly under a browser's name.
 */
export const scraper = (scene: Scene, actor: number, random: Random): Daily => {
  const patient = random.int(4) === 0;
  const runs = chooseDays(random, 0, scene.days, 2 + random.int(3));
  const device = deviceOf(actor, 9);
  const agent = random.int(5) === 0 ? programAgent(random.int(2)) : deskAgent(device);
  const country = random.int(ZONES.length);
  const addresses = Array.from({ length: 1 + random.int(4) }, () => hostingIp(random.uint32()));
  const products = random.int(2) === 0;
  let next = random.int(scene.catalogue.products);

  return (day) => {
    if (!runs.includes(day)) return;
    const length = dosed(scene, 'scraper', patient ? 25 + random.int(40) : 30 + random.int(80));
    let timeMs = day * DAY_MS + between(random, 0, 0.9) * DAY_MS;
    let place = newSession(scene, { ip: addresses[0] ?? 0, device, agent, country });
    for (let i = 0; i < length; i++) {
      if (i % 25 === 24)
        place = newSession(scene, { ip: addresses[random.int(addresses.length)] ?? 0, device, agent, country });
      next = (next + 1 + random.int(3)) % scene.catalogue.products;
      const view = products ? acts.viewProduct(next) : acts.viewPost(scene.catalogue.anyPost(day, random));
      emit(scene, timeMs, actor, place, random.int(20) === 0 ? acts.search() : view);
      timeMs += draw(patient ? PATIENT_GAP_MS : FAST_GAP_MS, random);
    }
  };
};
