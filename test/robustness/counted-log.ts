import { writeFileSync } from 'node:fs';

import { address, MARK } from './identity-logs.ts';

/** Exact numbers of the log below that nobody may see who only sees releases: by what they count. */
export const TRUE_COUNTS: Readonly<Record<string, number>> = {
  'events in DE': 12_007,
  'events in FR': 10_037,
  'actors in DE': 10_009,
  'all actors': 20_046,
  'all events': 22_044,
  'views in FR': 10_007,
  'amount in FR': 70_259,
  'amount in DE': 96_061,
};

/**
 * Twelve thousand and seven events of 10,009 people in DE, 10,037 events of as many others in FR; each identity holds the
 * mark, and two lines that cannot be read hold it too.
 */
export const writeCountedLog = (path: string): void => {
  const lines = ['timestamp,user,action,item,ip,session,user_agent,country,amount,message'];
  const [inGermany, germans, inFrance] = [12_007, 10_009, 10_037];
  const add = (i: number, who: number, country: string, action: string, amount: number): void => {
    const at = new Date(Date.UTC(2024, 2, 1) + i * 61_000).toISOString();
    const private_ = `${MARK}-user-${who}@mail.example,${action},p-${MARK}-${i % 90},${address(i)},s-${MARK}-${i % 800}`;
    lines.push(`${at},${private_},${MARK}Agent/5.${i % 20},${country},${amount},"Hello ${MARK}-friend ${i}"`);
  };
  for (let i = 0; i < inGermany; i++) {
    add(i, i % germans, 'DE', i % 2 === 0 ? 'view' : 'buy', i === 0 ? 13 : 8);
  }
  for (let i = 0; i < inFrance; i++) {
    add(inGermany + i, germans + i, 'FR', i < 10_007 ? 'view' : 'buy', 7);
  }
  lines.push(`no time,${MARK}-user-1@mail.example,view,,,,,DE,1,${MARK}`, `2024-03-02T00:00:00Z,"${MARK}`);
  writeFileSync(path, `${lines.join('\n')}\n`);
};
