import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileWith, LOG, type BadInput, type Made } from './bad-input.ts';
import { nightjar } from './support.ts';

const withOptions = (...options: readonly string[]): ((directory: string) => Made) =>
  fileWith('log.csv', LOG, ...options);
const withPolicy =
  (policy: string) =>
  (directory: string): Made => {
    const path = join(directory, 'policy.json');
    writeFileSync(path, policy);
    return withOptions('--policy', path)(directory);
  };
const evaluated =
  (labels: string): ((directory: string) => Made) =>
  (directory) => {
    const entityTable = join(directory, 'table.csv');
    writeFileSync(entityTable, labels);
    return { args: ['evaluate', '--entities', entityTable, '--label', 'label'], bare: true };
  };

/** `evaluate --case` of a ranked case against these labels. */
const joined =
  (labels: string) =>
  async (directory: string): Promise<Made> => {
    const [file, place] = [join(directory, 'log.csv'), join(directory, 'ranked')];
    const env = { XDG_CONFIG_HOME: join(directory, 'configuration') };
    writeFileSync(file, LOG);
    writeFileSync(join(directory, 'labels.csv'), labels);
    await nightjar(['detect', file, '--case', place, '--detectors', 'isolationForest'], { env });
    const args = ['evaluate', '--case', place, '--labels', join(directory, 'labels.csv')];
    return { args, bare: true, around: { env } };
  };

/** Wrong usage. */
export const OPTIONS: readonly BadInput[] = [
  {
    name: 'No file and no case',
    make: () => ({ args: [], bare: true }),
    exit: 2,
    says: ['nightjar: There is nothing to rank.', '  next:  Name a log file, or a case with --case DIR.'],
  },
  {
    name: 'An option that does not exist',
    make: withOptions('--sedd', '3'),
    exit: 2,
    says: ["nightjar: Unknown option '--sedd'.", '  next:  See `nightjar detect --help`.'],
  },
  {
    name: 'An option without its value',
    make: withOptions('--seed'),
    exit: 2,
    says: ['nightjar: --seed needs a value.', '  next:  Write --seed=VALUE.'],
  },
  {
    name: 'A mapping to a field that is not there',
    make: withOptions('--map', 'actor_id=usre'),
    exit: 2,
    says: [
      'nightjar: There is no field "usre" to map to actor_id.',
      '  where: log.csv',
      '  next:  The fields are: time, user, action, item, amount.',
    ],
  },
  {
    name: 'A mapping to an event column that is not there',
    make: withOptions('--map', 'actor=user'),
    exit: 2,
    says: [
      'nightjar: There is no event column "actor".',
      '  where: --map',
      '  next:  Did you mean actor_id? A number of your own goes to m_name, a category to c_name, a free text to text, an identifier of which only buckets are kept to b_name.',
    ],
  },
  {
    name: 'A mapping that is none',
    make: withOptions('--map', 'user'),
    exit: 2,
    says: [
      'nightjar: "user" is not of the form column=field.',
      '  where: --map',
      '  next:  Write column=field, parts separated by commas: ts=time,actor_id=user.',
    ],
  },
  {
    name: 'An unknown preset',
    make: withOptions('--preset', 'apache2'),
    exit: 2,
    says: [
      'nightjar: There is no preset named "apache2".',
      '  where: preset',
      '  next:  Use one of: access-log, cloudtrail, zeek, windows, sshd, postfix, mail, ocsf, ecs.',
    ],
  },
  {
    name: 'An unknown detector',
    make: withOptions('--detectors', 'oracle'),
    exit: 2,
    says: [
      'nightjar: There is no detector of that name.',
      '  where: --detectors',
      '  next:  Choose from isolationForest, extendedForest, sciForest, fairCutForest, pooledGainForest, densityForest, knn, mcd, autoencoder, lockstep, ecod, copod, hbos, lof, pca.',
    ],
  },
  {
    name: 'An unknown output format',
    make: withOptions('--format', 'xml'),
    exit: 2,
    says: ['nightjar: --format takes one of: table, json, csv.', '  next:  Example: --format table.'],
  },
  {
    name: 'An unknown time zone',
    make: withOptions('--time-zone', 'Mars/Olympus'),
    exit: 2,
    says: [
      'nightjar: This time zone is not known.',
      '  where: time zone',
      "  next:  Use 'UTC', an offset such as '+02:00', or an IANA name such as 'Europe/Berlin'.",
    ],
  },
  {
    name: '`--min-events 0`',
    make: withOptions('--min-events', '0'),
    exit: 2,
    says: ['nightjar: --min-events takes a whole number from 1 to 1000000000.', '  next:  Example: --min-events 1.'],
  },
  {
    name: '`--seed -1`',
    make: withOptions('--seed=-1'),
    exit: 2,
    says: ['nightjar: --seed takes a whole number from 0 to 9007199254740991.', '  next:  Example: --seed 0.'],
  },
  {
    name: '`--memory 1KB`',
    make: withOptions('--memory', '1KB'),
    exit: 2,
    says: ['nightjar: --memory takes a size of at least 256MiB.', '  next:  Example: --memory 4GiB.'],
  },
  {
    name: '`--threads 0`',
    make: withOptions('--threads', '0'),
    exit: 2,
    says: ['nightjar: --threads takes a whole number from 1 to 256.', '  next:  Example: --threads 1.'],
  },
  {
    name: 'A policy file that is not there',
    make: withOptions('--policy', 'missing.json'),
    exit: 2,
    says: ['nightjar: The policy file cannot be read.', '  where: missing.json', '  next:  Check its path.'],
  },
  {
    name: 'A policy file that is no JSON',
    make: withPolicy('{"user": '),
    exit: 2,
    says: [
      'nightjar: The policy file is not valid JSON.',
      '  where: DIR/policy.json',
      '  next:  Write {"column": "drop"}, with one of pseudonymise, features-only, bucket, keep, drop, or {"action": "generalise", "to": "network|prefix-preserving|minute|hour|day|bins|categories"}.',
    ],
  },
  {
    name: 'A policy with an unknown action',
    make: withPolicy('{"item": "shred"}'),
    exit: 2,
    says: [
      'nightjar: The policy file has an entry that is not understood.',
      '  where: DIR/policy.json: item',
      '  next:  Write {"column": "drop"}, with one of pseudonymise, features-only, bucket, keep, drop, or {"action": "generalise", "to": "network|prefix-preserving|minute|hour|day|bins|categories"}.',
    ],
  },
  {
    name: 'A policy for a column that is not there',
    make: withPolicy('{"itme": "drop"}'),
    exit: 2,
    says: [
      'nightjar: The policy names "itme", which is neither a field nor an event column.',
      '  where: log.csv',
      '  next:  The fields are: time, user, action, item, amount.',
    ],
  },
  {
    name: 'A policy that keeps the actor',
    make: withPolicy('{"user": "keep"}'),
    exit: 2,
    says: [
      'nightjar: The actor cannot be under the policy "keep".',
      '  where: actor_id',
      '  next:  Leave actor_id out of the policy: it is always pseudonymised.',
    ],
  },
  {
    name: 'A policy that generalises a name to a network',
    make: withPolicy('{"item": {"to": "hour"}}'),
    exit: 2,
    says: [
      'nightjar: This column cannot be generalised to "hour".',
      '  where: object_id',
      '  next:  Addresses go to network or prefix-preserving, times to minute, hour or day, numbers to bins.',
    ],
  },
  {
    name: 'A passphrase file that is not there',
    make: withOptions('--passphrase-file', 'missing.txt'),
    exit: 2,
    says: [
      'nightjar: The passphrase file cannot be read.',
      '  where: missing.txt',
      '  next:  Check its path and permissions.',
    ],
  },
  {
    name: 'Labels that match nobody',
    make: joined('actor,label\nalice,1\nbob,0\n'),
    exit: 2,
    says: [
      'nightjar: No label belongs to an actor of the case.',
      '  where: labels.csv',
      '  next:  Check the column that names the actor (--actor).',
    ],
  },
  {
    name: 'Labels without a column of actors',
    make: joined('label\n1\n0\n'),
    exit: 2,
    says: [
      'nightjar: It is not clear which column names the actors.',
      '  where: labels',
      '  next:  Call it actor, or name it with --actor. There are: label.',
    ],
  },
  {
    name: 'Labels of one class only',
    make: evaluated(`id,x,label\n${Array.from({ length: 20 }, (_, i) => `e${i},${i * i},0`).join('\n')}\n`),
    exit: 2,
    says: [
      'nightjar: Of 20 labelled rows no positive is left: there is nothing to rank.',
      '  where: labels',
      '  next:  Give labels of both kinds for actors that were scored; check that the names in both match.',
    ],
  },
  {
    name: 'Labels that are none',
    make: evaluated(`id,x,label\n${Array.from({ length: 20 }, (_, i) => `e${i},${i * i},secret-${i}`).join('\n')}\n`),
    exit: 2,
    says: [
      'nightjar: A label is not understood.',
      '  where: label, row 1 of those that were read',
      '  next:  Labels are 0 or 1, or words such as spam and ham; a row without one stays empty.',
    ],
  },
];
