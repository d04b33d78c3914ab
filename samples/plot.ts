import type { Random } from '../core/random/index.ts';
import { credentialStuffing } from './abuse/credential-stuffing.ts';
import { engagementRing } from './abuse/engagement-ring.ts';
import { humanlikeBot } from './abuse/humanlike-bot.ts';
import { scraper } from './abuse/scraper.ts';
import { slowExfiltration } from './abuse/slow-exfiltration.ts';
import { spamSender } from './abuse/spam-sender.ts';
import { takeover } from './abuse/takeover.ts';
import { apiClient } from './benign/api-client.ts';
import { fanClub } from './benign/fan-club.ts';
import { newsroom } from './benign/newsroom.ts';
import { stuffingTarget } from './benign/stuffing-target.ts';
import type { Breath } from './population.ts';
import { CLUB_SIZE, RING_SIZE, type Role } from './roles.ts';
import { cast, type Daily, type Scene } from './scene.ts';

type Part = (scene: Scene, actor: number, random: Random) => Daily;
type GroupPart = (scene: Scene, members: readonly number[], random: Random) => Daily;

/** Roles that do something of their own; the others differ in how they live (population, whereabouts). */
const PARTS: readonly { readonly role: Role; readonly part: Part }[] = [
  { role: 'scraper', part: scraper },
  { role: 'credential_stuffing', part: credentialStuffing },
  { role: 'takeover', part: takeover },
  { role: 'spam_sender', part: spamSender },
  { role: 'slow_exfiltration', part: slowExfiltration },
  { role: 'humanlike_bot', part: humanlikeBot },
  { role: 'api_client', part: apiClient },
  { role: 'newsroom', part: newsroom },
  { role: 'stuffing_target', part: stuffingTarget },
];

const GROUP_PARTS: readonly { readonly role: Role; readonly size: number; readonly part: GroupPart }[] = [
  { role: 'engagement_ring', size: RING_SIZE, part: engagementRing },
  { role: 'fan_club', size: CLUB_SIZE, part: fanClub },
];

/** Everything that happens by plan: what each of these does on a given day. */
export const plot = async (scene: Scene, random: Random, breath: Breath): Promise<Daily[]> => {
  const dailies: Daily[] = [];
  for (const { role, part } of PARTS) {
    for (const actor of cast(scene, role)) dailies.push(part(scene, actor, random.fork(actor)));
    await breath();
  }
  for (const { role, size, part } of GROUP_PARTS) {
    const members = cast(scene, role);
    for (let first = 0; first < members.length; first += size) {
      dailies.push(part(scene, members.slice(first, first + size), random.fork(`${role} ${first}`)));
    }
  }
  return dailies;
};
