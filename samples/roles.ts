import { ABUSE_KINDS, BENIGN_NOTES, type AbuseKind, type BenignNote } from './schema.ts';

export type Role = AbuseKind | BenignNote;

/** Share of all actors, in thousandths: planted abuse 26, odd but harmless 57. */
const PER_MILLE: Readonly<Record<Role, number>> = {
  scraper: 2.5,
  credential_stuffing: 2.5,
  takeover: 4,
  engagement_ring: 7.7,
  spam_sender: 3,
  slow_exfiltration: 3,
  humanlike_bot: 3,
  api_client: 2,
  newsroom: 1.5,
  power_user: 6,
  traveller: 12,
  night_worker: 9,
  vpn_user: 6,
  fan_club: 10,
  stuffing_target: 10,
};

/** Members of one engagement ring; of one fan club. */
export const RING_SIZE = 8;
export const CLUB_SIZE = 12;

/** From this many actors on every role is played by somebody. */
const ENOUGH_ACTORS = 200;

export type Roles = {
  /** First actor of each role and the one after its last; whoever is in no range is ordinary. */
  readonly range: (role: Role) => readonly [from: number, to: number];
  /** The role of an actor, undefined for ordinary people. */
  readonly of: (actor: number) => Role | undefined;
};

/** Who plays what among `actors` people. Groups come in whole rings and clubs. */
export const assignRoles = (actors: number): Roles => {
  const names: readonly Role[] = [...ABUSE_KINDS, ...BENIGN_NOTES];
  const ranges = new Map<Role, readonly [number, number]>();
  let next = 0;
  for (const role of names) {
    const group = role === 'engagement_ring' ? RING_SIZE : role === 'fan_club' ? CLUB_SIZE : 1;
    const wanted = Math.round((actors * PER_MILLE[role]) / 1000 / group);
    const count = group * (actors < ENOUGH_ACTORS ? wanted : Math.max(1, wanted));
    ranges.set(role, [next, next + count]);
    next += count;
  }
  return {
    range: (role) => ranges.get(role) ?? [0, 0],
    of: (actor) => (actor >= next ? undefined : names.find((role) => actor < (ranges.get(role)?.[1] ?? 0))),
  };
};
