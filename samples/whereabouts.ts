import type { Random } from '../core/random/index.ts';
import { mixPair } from './mix.ts';
import {
  carrierIp,
  deskAgent,
  deviceOf,
  guestIp,
  homeIp,
  hostingIp,
  officeIp,
  phoneAgent,
  ZONES,
  type Place,
} from './places.ts';
import type { Population } from './population.ts';

export type Spot = Omit<Place, 'session'>;

/** Phones of one country go out through this many carrier addresses per 100,000 people of the log. */
const CARRIER_ADDRESSES = 600;
/** Relays an anonymising service offers. */
const RELAYS = 48;

/** Somebody's phone or desk at home. */
export const atHome = (people: Population, actor: number, phone = false): Spot => {
  const device = deviceOf(actor, phone ? 0 : 1);
  return {
    ip: homeIp(people.household[actor] ?? 0),
    device,
    agent: phone ? phoneAgent(device) : deskAgent(device),
    country: people.zone[actor] ?? 0,
  };
};

/** Where an ordinary session happens, given the day and the local minute. */
export const whereabouts = (people: Population, actor: number, day: number, minute: number, random: Random): Spot => {
  const role = people.roles.of(actor);
  if (role === 'vpn_user' && random.int(4) > 0) return behindRelay(people, actor, random);
  if (role === 'traveller') {
    const trip = tripOn(actor, day);
    if (trip !== undefined) return abroad(actor, trip);
  }
  const office = people.office[actor] ?? 0;
  const atWork = office > 0 && day % 7 < 5 && minute >= 530 && minute < 1060;
  if (atWork && random.int(4) > 0)
    return { ...atHome(people, actor), ip: officeIp(office), device: deviceOf(actor, 2) };
  const phone = random.int(256) < (people.phoneShare[actor] ?? 0);
  const home = atHome(people, actor, phone);
  if (!phone || random.int(5) < 2) return home;
  const zone = people.zone[actor] ?? 0;
  const pool = 2 + Math.floor((people.size * CARRIER_ADDRESSES) / 100_000);
  return { ...home, ip: carrierIp(zone, random.int(pool)) };
};

const behindRelay = (people: Population, actor: number, random: Random): Spot => ({
  ...atHome(people, actor, random.int(2) === 0),
  ip: hostingIp(0x1f0000 + random.int(RELAYS)),
  country: random.int(ZONES.length),
});

/** The trip a traveller is on: five to nine days, once every two weeks. */
const tripOn = (actor: number, day: number): number | undefined => {
  const cycle = Math.floor(day / 14);
  const shape = mixPair(actor, 500 + cycle);
  const from = cycle * 14 + (shape % 5);
  return day >= from && day < from + 5 + ((shape >>> 8) % 5) ? shape : undefined;
};

const abroad = (actor: number, trip: number): Spot => {
  const device = deviceOf(actor, 0);
  return { ip: guestIp(trip >>> 4), device, agent: phoneAgent(device), country: (trip >>> 16) % ZONES.length };
};
