import { NightjarError } from '../../api/errors.ts';
import type { SigningKey } from '../keys/index.ts';
import { releaseFileShape, type ReleaseBody, type ReleaseFile } from './shape.ts';
import { fileBytes, parseSigned, signatureOf, type FilePurpose } from './signed-file.ts';

/** A release as the text of a file, signed with a reviewer's key. */
export const signRelease = (release: ReleaseBody, key: SigningKey): Buffer => {
  const signature = signatureOf(release, key, purposeOf({ version: 2 }));
  const file: ReleaseFile = { format: 'nightjar-release', version: 2, release, signature };
  return fileBytes(file);
};

/**
 * Reads a release file, which must be the very text that was written; whether its signature is right is `verifyRelease`'s to
 * say. Errors: `input`.
 */
export const parseRelease = (text: string): ReleaseFile =>
  parseSigned(text, releaseFileShape, {
    format: 'nightjar-release',
    version: 2,
    newer: 'The release file is of a newer format.',
    notThis: (where) =>
      new NightjarError('input', 'This is no release file, or it was changed.', {
        ...(where === undefined ? {} : { where }),
        next: 'Name the JSON file that `nightjar release` wrote.',
      }),
  });

/** What a file of this version is signed for. */
export const purposeOf = ({ version }: Pick<ReleaseFile, 'version'>): FilePurpose => `release ${version}`;
