import type { Random } from '../../core/random/index.ts';
import * as acts from '../acts.ts';
import { draw, logNormal } from '../distributions.ts';
import { deskAgent, deviceOf, homeIp, hostingIp, phoneAgent, ZONES, type Place } from '../places.ts';
import { between, dosed, emit, newSession, type Daily, type Scene } from '../scene.ts';
import { DAY_MS, MINUTE_MS } from '../schema.ts';
import { atHome } from '../whereabouts.ts';

const GAP_MS = logNormal(11_000, 0.8);

/**
 * An ordinary account with a past that somebody else signs in to one day: unknown device, mostly another country, new
 * password, then either shopping, begging among strangers or fetching files. The owner tries to get back in.
 */
export const takeover = (scene: Scene, actor: number, random: Random): Daily => {
  const { days, people } = scene;
  const firstDay = Math.floor(between(random, 0.35, 0.9) * days);
  const visits = new Set([firstDay, ...Array.from({ length: random.int(2) }, () => firstDay + 1 + random.int(5))]);
  const plot = random.int(3);
  const device = deviceOf(actor, 7);
  const nearby = random.int(5) < 2;
  const thief = {
    ip: nearby ? homeIp(random.int(people.size)) : hostingIp(random.uint32()),
    device,
    agent: random.int(2) === 0 ? phoneAgent(device) : deskAgent(device),
    country: nearby ? (people.zone[actor] ?? 0) : random.int(ZONES.length),
  };

  return (day) => {
    if (!visits.has(day)) return;
    const place = newSession(scene, thief);
    let timeMs = day * DAY_MS + between(random, 0.02, 0.9) * DAY_MS;
    const step = (act: acts.Act): void => {
      emit(scene, timeMs, actor, place, act);
      timeMs += draw(GAP_MS, random);
    };
    if (day === firstDay) for (let i = random.int(2); i > 0; i--) step(acts.login(true));
    step(acts.login());
    if (day === firstDay && random.int(2) === 0) step(acts.changeSettings());
    plunder(scene, day, plot, random, step);
    if (day === firstDay && random.int(5) < 2)
      ownerReturns(scene, actor, timeMs + between(random, 20, 300) * MINUTE_MS, random);
  };
};

const plunder = (scene: Scene, day: number, plot: number, random: Random, step: (act: acts.Act) => void): void => {
  const { catalogue, people } = scene;
  for (let i = dosed(scene, 'takeover', 2 + random.int(plot === 0 ? 3 : 5)); i > 0; i--) {
    if (plot === 0) {
      const product = random.int(catalogue.products);
      step(acts.viewProduct(product));
      step(acts.purchase(product, catalogue.priceCents(product) * (2 + random.int(3)), random.int(5) === 0));
    } else if (plot === 1) step(acts.message(random.int(people.size), 'begging', random.int(64)));
    else
      step(
        random.int(3) === 0
          ? acts.viewPost(catalogue.post(day, random))
          : acts.download(random.int(catalogue.documents)),
      );
  }
};

const ownerReturns = (scene: Scene, actor: number, startMs: number, random: Random): void => {
  const place: Place = newSession(scene, atHome(scene.people, actor, true));
  let timeMs = startMs;
  for (let i = 1 + random.int(3); i > 0; i--) {
    emit(scene, timeMs, actor, place, acts.login(true));
    timeMs += draw(GAP_MS, random);
  }
  emit(scene, timeMs, actor, place, acts.passwordReset());
};
