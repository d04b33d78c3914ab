import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../core/api/router.ts';
import { detectFiles, openCase } from '../../../core/index.ts';
import { numberColumn, readColumns, textColumn } from '../../../core/store/index.ts';
import { writeLog } from '../logs.ts';
import { clientOf, engineIn, type TestClient } from '../support.ts';

/** A ranked case that is open, and what SQL says of its events. */
export type RuleCase = {
  readonly engine: Engine;
  readonly client: TestClient;
  /** Days with at least five events, by actor. */
  readonly busyDays: readonly { readonly actor: string; readonly dayUs: number }[];
  /** Who downloads. */
  readonly bot: string;
  readonly actors: readonly string[];
  /** Who did something on a day on which it was done thirty times. */
  readonly inCrowds: number;
};

const HEAD = 'author "A"\nseverity low\neffect review';
export const MANY = `# what a person wrote\nrule many "Many in a day"\n${HEAD}\nfor each actor_id\nin each 1 day\nwhen count() >= 5\n`;
export const DOWNLOADS = `rule downloads "Downloads"\n${HEAD}\nfor each actor_id\nover events where action = "download"\nin any 1 hour\nwhen count() >= 50\n`;
export const BUSY = `rule busy "Busy"\n${HEAD}\nfor actors\nwhen feature(event_count) >= 100\n`;
export const DAILY = `rule daily "A day of everybody"\n${HEAD}\nfor each action\nin each 1 day\nwhen count() >= 30\n`;

/** Imports and ranks a log in a folder, and opens the case. */
export const openRuleCase = async (folder: string): Promise<RuleCase> => {
  mkdirSync(join(folder, 'cases'));
  const made = await openCase(join(folder, 'cases', 'Case'), {
    keyringPath: join(folder, 'keyring'),
    create: 'if-missing',
  });
  await detectFiles(made, { inputs: [writeLog(folder)], threads: 1, explained: 5 });
  const read = await readColumns(
    made.connection,
    `SELECT actor_id, epoch_us(date_trunc('day', ts)) AS day FROM events GROUP BY ALL HAVING count(*) >= 5 ORDER BY day, actor_id`,
  );
  const days = numberColumn(read, 'day');
  const bots = await readColumns(made.connection, "SELECT DISTINCT actor_id FROM events WHERE action = 'download'");
  const all = await readColumns(made.connection, 'SELECT DISTINCT actor_id FROM events ORDER BY 1');
  const crowds = await readColumns(
    made.connection,
    `SELECT count(DISTINCT actor_id) AS n FROM events JOIN (
       SELECT action, date_trunc('day', ts) AS day FROM events GROUP BY ALL HAVING count(*) >= 30) AS crowd
     ON events.action = crowd.action AND date_trunc('day', events.ts) = crowd.day`,
  );
  await made.close();
  const engine = engineIn(folder);
  await engine.resume(made.directory);
  return {
    engine,
    client: clientOf(engine),
    busyDays: textColumn(read, 'actor_id').map((actor, i) => ({ actor: actor ?? '', dayUs: days[i] ?? 0 })),
    bot: textColumn(bots, 'actor_id')[0] ?? '',
    actors: textColumn(all, 'actor_id').map((actor) => actor ?? ''),
    inCrowds: numberColumn(crowds, 'n')[0] ?? 0,
  };
};
