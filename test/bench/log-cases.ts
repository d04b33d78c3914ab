import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LabelSource } from './harness/case-run.ts';

/** A labelled log: how it is imported, what is held against it, and what others measured on it. */
export type LabelledLog = {
  readonly name: string;
  readonly files: readonly string[];
  readonly args: readonly string[];
  readonly labels: LabelSource;
  /** Isolation forest, as the data folder's README has it: one value, or the lowest and highest of the variants. */
  readonly reference: { readonly rocAuc: string; readonly averagePrecision: string };
};

/** Clients that say of themselves that they are programs: the usual words, feed readers and tools included. */
const DECLARED_BOT =
  /bot|crawl|spider|slurp|feed|rss|reader|fetch|monitor|scan|check|validator|preview|archiv|index|curl|wget|python|perl|ruby|java\/|libwww|http-?client|okhttp|scrap|facebookexternalhit|mediapartners|newsgator|tiny tiny|universalfeedparser|apache-httpclient|go-http/iu;

/** Label 1 for an address most of whose requests carry such an agent. */
const writeBotLabels = (log: string, file: string): void => {
  const votes = new Map<string, { bot: number; all: number }>();
  for (const line of gunzipSync(readFileSync(log)).toString('latin1').split('\n')) {
    const match = /^(\S+) .*"([^"]*)"\s*$/u.exec(line);
    if (!match) continue;
    const [, address = '', agent = ''] = match;
    const vote = votes.get(address) ?? { bot: 0, all: 0 };
    vote.all++;
    if (DECLARED_BOT.test(agent)) vote.bot++;
    votes.set(address, vote);
  }
  const rows = [...votes].map(([address, { bot, all }]) => `${address},${bot * 2 > all ? 1 : 0}`);
  writeFileSync(file, `actor,label\n${rows.join('\n')}\n`);
};

/** The labelled logs below a data folder; small files they need are written to `folder`. */
export const labelledLogs = (logs: string, folder: string): readonly LabelledLog[] => {
  const access = join(logs, 'web_apache/access.log.gz');
  const bots = join(folder, 'bots.csv');
  const policy = join(folder, 'policy.json');
  writeBotLabels(access, bots);
  writeFileSync(policy, JSON.stringify({ user_agent: 'drop' }));
  const mails = join(logs, 'mail_spamassassin/messages.pseudonymised.csv.gz');
  const web = { files: [access], labels: { file: bots }, reference: { rocAuc: '.88', averagePrecision: '.35' } };
  const webArgs = ['--preset', 'access-log', '--policy', policy];
  return [
    { ...web, name: 'web_apache, 3 events or more', args: webArgs },
    { ...web, name: 'web_apache, 1 event or more', args: [...webArgs, '--min-events', '1'] },
    {
      name: 'mail_spamassassin',
      files: [mails],
      args: ['--map', 'actor_id=from_domain', '--min-events', '3'],
      labels: { file: mails, actor: 'from_domain', label: 'label' },
      reference: { rocAuc: '.83', averagePrecision: '.58' },
    },
    ...['20K_fanin200', '20K_cycle200', '20K_fanin200cycle200'].map((variant) => ({
      name: `payments_amlsim ${variant}`,
      files: [join(logs, `payments_amlsim/${variant}__transactions.csv.gz`)],
      args: ['--map', 'ts=time,actor_id=sourceNodeId,object_id=targetNodeId,amount=value'],
      labels: { file: join(logs, `payments_amlsim/${variant}__nodes.csv.gz`), actor: 'nodeid', label: 'isFraud' },
      reference: { rocAuc: '.80–.82', averagePrecision: '.24–.35' },
    })),
  ];
};
