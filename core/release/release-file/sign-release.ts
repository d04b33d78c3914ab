import { z } from 'zod';

import { NightjarError } from '../../api/errors.ts';
import type { SigningKey } from '../keys/index.ts';
import { releaseFileShape, type ReleaseBody, type ReleaseFile } from './shape.ts';

/** A release as the text of a file, signed with a reviewer's key. */
export const signRelease = (release: ReleaseBody, key: SigningKey): Buffer => {
  const value = key.sign('release', release);
  const signature = { algorithm: 'ed25519', publicKey: key.publicKey, value } as const;
  const file: ReleaseFile = { format: 'nightjar-release', version: 1, release, signature };
  return Buffer.from(`${JSON.stringify(file)}\n`);
};

/**
 * Reads a release file; whether its signature is right is `verifyRelease`'s to say. The text must be the very one that was
 * written: a file laid out anew, or with a name in it twice, which other programs might read another way, is none.
 * Errors: `input`.
 */
export const parseRelease = (text: string): ReleaseFile => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notARelease();
  }
  const found = releaseFileShape.safeParse(value);
  if (found.success && JSON.stringify(value) === text.replace(/\r?\n$/u, '')) return found.data;
  const header = z.looseObject({ format: z.literal('nightjar-release'), version: z.int().min(2) });
  if (header.safeParse(value).success) {
    throw new NightjarError('input', 'The release file is of a newer format.', { next: 'Use a newer Nightjar.' });
  }
  throw notARelease(found.error?.issues[0]?.path.join('.'));
};

const notARelease = (where?: string): NightjarError =>
  new NightjarError('input', 'This is no release file, or it was changed.', {
    ...(where === undefined ? {} : { where }),
    next: 'Name the JSON file that `nightjar release` wrote.',
  });
