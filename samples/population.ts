import type { Random } from '../core/random/index.ts';
import { draw, logNormal, normal } from './distributions.ts';
import { ZONES } from './places.ts';
import { assignRoles, type Role, type Roles } from './roles.ts';
import { weighted } from './weighted.ts';

/** A chance for the event loop to run, and to throw when cancelled. */
export type Breath = () => Promise<void>;

const PEOPLE_PER_BREATH = 50_000;

export const PERSONAS = ['reader', 'socialiser', 'shopper', 'worker'] as const;
export type Persona = (typeof PERSONAS)[number];

/** Everybody, attribute by attribute: entry i belongs to actor i. */
export type Population = {
  readonly size: number;
  readonly roles: Roles;
  /** The number in the public name: shuffled, so that it says nothing of the role. */
  readonly publicNumber: Uint32Array;
  /** How often they come, relative to each other: heavy-tailed. */
  readonly weight: Float64Array;
  readonly zone: Uint8Array;
  /** Minutes by which their day runs later than the average. */
  readonly lateMinutes: Int16Array;
  readonly persona: Uint8Array;
  readonly household: Uint32Array;
  /** Their office, 0 for none: 40 people share its address. */
  readonly office: Uint32Array;
  /** Of 256 sessions away from the office, how many are on the phone. */
  readonly phoneShare: Uint8Array;
  /** Days away with little activity. */
  readonly vacationFrom: Int16Array;
  readonly vacationDays: Uint8Array;
};

const ACTIVITY = logNormal(1, 1.2);
const LATENESS = normal(0, 70);
/** Activity of a role beside ordinary people's; what abusers do in their role comes on top. */
const CAMOUFLAGE: Readonly<Partial<Record<Role, number>>> = {
  scraper: 0.15,
  credential_stuffing: 0.1,
  engagement_ring: 0.5,
  spam_sender: 0.8,
  humanlike_bot: 0,
  api_client: 0,
  newsroom: 0.1,
};
/** Roles that need a past: at least the median person's activity. */
const NEEDS_PAST: ReadonlySet<Role> = new Set(['takeover', 'traveller', 'night_worker', 'vpn_user']);

/** Draws `size` people; `breath` is awaited now and then, as a million of them take a second. */
export const createPopulation = async (
  size: number,
  days: number,
  random: Random,
  breath: Breath,
): Promise<Population> => {
  const roles = assignRoles(size);
  const zoneOf = weighted(ZONES.map((zone) => zone.share));
  const personaOf = weighted([40, 30, 18, 12]);
  const publicNumber = shuffled(size, random);
  const people: Population = {
    size,
    roles,
    publicNumber,
    weight: new Float64Array(size),
    zone: new Uint8Array(size),
    lateMinutes: new Int16Array(size),
    persona: new Uint8Array(size),
    household: households(publicNumber, random),
    office: new Uint32Array(size),
    phoneShare: new Uint8Array(size),
    vacationFrom: new Int16Array(size),
    vacationDays: new Uint8Array(size),
  };
  const offices = 1 + Math.floor(size / 120);
  for (let i = 0; i < size; i++) {
    if (i % PEOPLE_PER_BREATH === 0) await breath();
    const role = roles.of(i);
    people.weight[i] = weightOf(role, draw(ACTIVITY, random));
    people.zone[i] = zoneOf(random);
    people.lateMinutes[i] = draw(LATENESS, random) + (role === 'night_worker' ? 480 + random.int(150) : 0);
    people.persona[i] = role === 'slow_exfiltration' ? PERSONAS.indexOf('worker') : personaOf(random);
    people.office[i] = random.int(3) === 0 || role === 'slow_exfiltration' ? 1 + random.int(offices) : 0;
    people.phoneShare[i] = random.int(4) === 0 ? random.int(40) : 100 + random.int(156);
    if (random.int(8) > 0) continue;
    people.vacationFrom[i] = random.int(days);
    people.vacationDays[i] = 4 + random.int(10);
  }
  return people;
};

const weightOf = (role: Role | undefined, activity: number): number => {
  const usual = Math.max(0.2, Math.min(activity, 25));
  if (role === undefined) return usual;
  if (role === 'power_user') return 12 + usual;
  if (role === 'slow_exfiltration') return 3 + usual;
  if (NEEDS_PAST.has(role)) return Math.max(1, usual);
  return usual * (CAMOUFLAGE[role] ?? 1);
};

const FIRST_NUMBER = 1000;

const shuffled = (size: number, random: Random): Uint32Array => {
  const numbers = Uint32Array.from({ length: size }, (_, i) => FIRST_NUMBER + i);
  for (let i = size - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const kept = numbers[i] ?? 0;
    numbers[i] = numbers[j] ?? 0;
    numbers[j] = kept;
  }
  return numbers;
};

/** People with neighbouring public numbers live together, one to five of them. */
const households = (publicNumber: Uint32Array, random: Random): Uint32Array => {
  const byNumber = new Uint32Array(publicNumber.length);
  let household = 0;
  for (let i = 0, left = 0; i < byNumber.length; i++, left--) {
    if (left <= 0) {
      household++;
      left = 1 + random.int(3) + (random.int(5) === 0 ? 2 : 0);
    }
    byNumber[i] = household;
  }
  return publicNumber.map((number) => byNumber[number - FIRST_NUMBER] ?? 0);
};
