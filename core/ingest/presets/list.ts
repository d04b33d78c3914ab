import { NightjarError } from '../../api/errors.ts';
import { accessLog } from './access-log.ts';
import { cloudtrail } from './cloudtrail.ts';
import { ecs } from './ecs.ts';
import { mail } from './mail.ts';
import { ocsf } from './ocsf.ts';
import { postfix } from './postfix.ts';
import type { Preset } from './schema.ts';
import { sshd } from './sshd.ts';
import { windows } from './windows.ts';
import { zeek } from './zeek.ts';

/** Every log kind that is read without a mapping. Of two that claim a file equally, the earlier wins. */
export const PRESETS: readonly Preset[] = [accessLog, cloudtrail, zeek, windows, sshd, postfix, mail, ocsf, ecs];

/** The preset of that name. Throws `usage` when there is none. */
export const presetNamed = (name: string): Preset => {
  const preset = PRESETS.find((candidate) => candidate.name === name);
  if (preset !== undefined) return preset;
  const names = PRESETS.map((candidate) => candidate.name).join(', ');
  throw new NightjarError('usage', `There is no preset named "${name}".`, {
    where: 'preset',
    next: `Use one of: ${names}.`,
  });
};
