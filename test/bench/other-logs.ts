import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commonReason, detect, parseDetected } from './harness/case-run.ts';
import { mustRun, nightjar } from './harness/run.ts';

/** What became of one input: records read, stored and quarantined, with the most common reason; or why it was refused. */
export type Imported = {
  readonly name: string;
  readonly read: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly reason: string;
};

type Input = { readonly name: string; readonly files: readonly string[]; readonly args: readonly string[] };

/** The logs of the folder that carry no label of their own, archives unpacked into `folder`. */
const inputsOf = async (logs: string, folder: string): Promise<readonly Input[]> => {
  const stratus = join(folder, 'stratus');
  const windows = join(folder, 'windows');
  await mustRun('python3', ['-m', 'tarfile', '-e', join(logs, 'cloud_stratus/detonation-logs.tar.gz'), stratus]);
  await mustRun('python3', [
    '-m',
    'zipfile',
    '-e',
    join(logs, 'endpoint_windows/empire_wmic_add_user_backdoor.zip'),
    windows,
  ]);
  const one = (path: string, ...args: string[]): Input => ({ name: path, files: [join(logs, path)], args });
  return [
    one('auth_sshd/auth.log.gz'),
    one('mail_postfix/maillog.gz'),
    one('cloud_invictus/cloudtrail.ndjson.gz'),
    { name: 'cloud_stratus/detonation-logs.tar.gz, unpacked', files: [stratus], args: ['--preset', 'cloudtrail'] },
    one('endpoint_zeek_apt29/day1_combined_zeek.ndjson.gz'),
    one('endpoint_zeek_apt29/day2_combined_zeek.ndjson.gz'),
    { name: 'endpoint_windows/empire_wmic_add_user_backdoor.zip, unpacked', files: [windows], args: [] },
    one('social_starscout/fake_stars_obvious_users.pseudonymised.csv.gz'),
  ];
};

/** Tables that are no logs: counts per account, and series in which nobody acts, each point an entity. */
const entityTables = (logs: string): readonly Input[] => [
  ...['fake_actor_events', 'sample_actor_events'].map((name): Input => {
    const path = `social_starscout/${name}.pseudonymised.csv.gz`;
    return { name: path, files: [join(logs, path)], args: ['--id', 'actor'] };
  }),
  ...['realKnownCause', 'realAdExchange'].flatMap((set) =>
    readdirSync(join(logs, 'timeseries_nab', set)).map((file): Input => {
      const path = `timeseries_nab/${set}/${file}`;
      return { name: path, files: [join(logs, path)], args: ['--id', 'timestamp'] };
    }),
  ),
];

/** Imports every other log of the folder. */
export const importOthers = async (logs: string, folder: string): Promise<readonly Imported[]> => {
  const outcomes: Imported[] = [];
  for (const [i, input] of (await inputsOf(logs, folder)).entries()) {
    const directory = join(folder, `other-${i}`);
    const args = ['--detectors', 'isolationForest', '--top', '1', ...input.args];
    outcomes.push(
      await attempt(input.name, async () => {
        const run = await detect(directory, input.files, args);
        const sum = (count: (one: (typeof run.inputs)[number]) => number): number =>
          run.inputs.reduce((total, one) => total + count(one), 0);
        return {
          name: input.name,
          read: sum((one) => one.rows),
          stored: sum((one) => one.stored),
          quarantined: sum((one) => one.quarantined),
          reason: await commonReason(directory),
        };
      }),
    );
  }
  for (const input of entityTables(logs)) outcomes.push(await importEntities(input));
  return outcomes;
};

const importEntities = async ({ name, files, args }: Input): Promise<Imported> => {
  const options = ['--detectors', 'isolationForest', '--top', '1', '--format', 'json'];
  const detected = await nightjar(['detect', '--entities', ...files, ...args, ...options]);
  const title = `${name}, as --entities`;
  if (detected.code !== 0)
    return { name: title, read: 0, stored: 0, quarantined: 0, reason: firstLine(detected.stderr) };
  const [input] = parseDetected(JSON.parse(detected.stdout)).inputs;
  const { rows = 0, stored = 0, quarantined = 0 } = input ?? {};
  return { name: title, read: rows, stored, quarantined, reason: '' };
};

const attempt = async (name: string, work: () => Promise<Imported>): Promise<Imported> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name, read: 0, stored: 0, quarantined: 0, reason: firstLine(error.message) };
  }
};

/** What the program said, without where. */
const firstLine = (text: string): string => text.split('\n').find((each) => each.startsWith('nightjar: ')) ?? 'failed';
