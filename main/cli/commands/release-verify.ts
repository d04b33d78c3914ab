import { isForestFile, readForestFile, verifyPrivateForest } from '../../../core/api/private-forest.ts';
import { readPublicKey, readReleaseFile, verifyRelease, type ReleaseVerdict } from '../../../core/api/release/index.ts';
import { list, usageError, type OptionValues } from '../command.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { wantsJson } from './release-decide.ts';

/** `nightjar release verify FILE`: checks a file that left, without a case. The exit code: 1 where it is wrong. */
export const verify = (values: OptionValues, files: readonly string[], terminal: Terminal): number => {
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) {
    throw usageError('verify takes one release file.', 'Write `nightjar release verify FILE`.');
  }
  const trusted = list(values, 'trust')?.map((file) => readPublicKey(file).fingerprint);
  const verdict = isForestFile(path)
    ? verifyPrivateForest(readForestFile(path), trusted)
    : verifyRelease(readReleaseFile(path), trusted);
  if (wantsJson(values)) terminal.out(`${inertJson(verdict)}\n`);
  else terminal.out(verdictLines(verdict).join('\n'));
  return verdict.ok ? 0 : 1;
};

const verdictLines = ({ ok, checks, gaps, signer }: ReleaseVerdict): string[] => [
  ok ? 'The release holds together.' : 'The release does not hold together.',
  ...checks.flatMap(({ what, faults }) =>
    faults.length === 0 ? [`  ok     ${what}`] : faults.map((fault) => `  WRONG  ${what}: ${plain(fault)}`),
  ),
  ...gaps.map((gap) => `  not checked: ${plain(gap)}`),
  `Signed by a key that calls itself ${plain(signer.name)}, fingerprint ${signer.fingerprint}.`,
  signer.isTrusted === undefined
    ? 'Whose key that is, this file cannot say: compare the fingerprint with the reviewer, or give --trust FILE.pub.'
    : signer.isTrusted
      ? 'It is one of the keys you trust.'
      : 'It is none of the keys you trust.',
  '',
];
