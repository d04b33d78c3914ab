import { mix32, mixPair, scramble } from './mix.ts';

/** Where a session happens. Addresses from 2^32 on are IPv6: the rest is a household under 2001:db8::/32. */
export type Place = {
  readonly ip: number;
  readonly device: number;
  readonly agent: number;
  readonly country: number;
  session: number;
};

/** Countries with their offset from UTC and their share of the platform's people; one row per time zone. */
export const ZONES = [
  { country: 'US', offsetMinutes: -300, share: 14 },
  { country: 'US', offsetMinutes: -480, share: 8 },
  { country: 'BR', offsetMinutes: -180, share: 9 },
  { country: 'MX', offsetMinutes: -360, share: 6 },
  { country: 'GB', offsetMinutes: 0, share: 8 },
  { country: 'DE', offsetMinutes: 60, share: 9 },
  { country: 'FR', offsetMinutes: 60, share: 7 },
  { country: 'ES', offsetMinutes: 60, share: 6 },
  { country: 'PL', offsetMinutes: 60, share: 5 },
  { country: 'NG', offsetMinutes: 60, share: 4 },
  { country: 'ZA', offsetMinutes: 120, share: 3 },
  { country: 'TR', offsetMinutes: 180, share: 4 },
  { country: 'IN', offsetMinutes: 330, share: 8 },
  { country: 'ID', offsetMinutes: 420, share: 4 },
  { country: 'JP', offsetMinutes: 540, share: 4 },
  { country: 'AU', offsetMinutes: 600, share: 3 },
] as const;

const PHONE_AGENTS = [
  'Platform/7.4 (Android 14)',
  'Platform/7.4 (iPhone; iOS 18.1)',
  'Platform/7.3 (Android 13)',
  'Platform/7.1 (iPhone; iOS 17.6)',
  'Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile',
] as const;
const DESK_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0) Chrome/131.0',
  'Mozilla/5.0 (Windows NT 10.0) Firefox/132.0',
  'Mozilla/5.0 (Macintosh) AppleWebKit/605 (KHTML, like Gecko) Safari/17',
  'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0) Edg/130.0',
] as const;
const PROGRAM_AGENTS = ['python-requests/2.32.3', 'okhttp/4.12.0', 'partner-sync/2.1'] as const;

export const AGENTS: readonly string[] = [...PHONE_AGENTS, ...DESK_AGENTS, ...PROGRAM_AGENTS];

/** The client a device carries: fixed per device. */
export const phoneAgent = (device: number): number => mix32(device) % PHONE_AGENTS.length;
export const deskAgent = (device: number): number => PHONE_AGENTS.length + (mix32(device) % DESK_AGENTS.length);
export const programAgent = (n: number): number =>
  PHONE_AGENTS.length + DESK_AGENTS.length + (n % PROGRAM_AGENTS.length);

/** The n-th device of somebody. */
export const deviceOf = (owner: number, n: number): number => mixPair(owner ^ 0x5bd1e995, n);

const IPV6 = 2 ** 32;
const block = (a: number, b: number): number => a * 2 ** 24 + b * 2 ** 16;

/** A home line: one in six has IPv6 only. 10.0.0.0/9 and 2001:db8::/32. */
export const homeIp = (household: number): number =>
  mix32(household) % 6 === 0 ? IPV6 + scramble(household, 31) : block(10, 0) + scramble(household, 23);
/** An office's one outgoing address, 10.128.0.0/10. */
export const officeIp = (office: number): number => block(10, 128) + scramble(office, 22);
/** Rented servers and anonymising relays, 10.192.0.0/11. */
export const hostingIp = (n: number): number => block(10, 192) + scramble(n & 0x1fffff, 21);
/** Hotels and other guest networks, 10.224.0.0/12. */
export const guestIp = (n: number): number => block(10, 224) + scramble(n & 0xfffff, 20);
/** Carrier-grade NAT, 100.64.0.0/10: an address is shared by hundreds of phones of one country. */
export const carrierIp = (zone: number, n: number): number =>
  block(100, 64) + scramble((zone << 16) + (n & 0xffff), 22);
