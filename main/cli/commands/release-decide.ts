import { approveForest, isForestJson, writeForestFile } from '../../../core/api/private-forest.ts';
import { approveCoverage, isCoverageJson } from '../../../core/api/rule-coverage/index.ts';
import { approveRelease, viewLedger, writeReleaseFiles, type ReviewerKey } from '../../../core/api/release/index.ts';
import type { Case } from '../../../core/index.ts';
import { oneOf, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';

/** How one kind of release is approved and given out. */
export type Released = {
  readonly approve: typeof approveRelease;
  /** Said where the answer had been paid for before. */
  readonly repeated: string;
  /** Writes the files; their paths by kind. */
  readonly write: (out: string, file: Buffer) => Readonly<Record<string, string>>;
};

export const NUMBERS: Released = {
  approve: approveRelease,
  repeated: 'The same question was answered before: this is that answer. It cost nothing.',
  write: writeReleaseFiles,
};

export const FOREST: Released = {
  approve: approveForest,
  repeated: 'The same forest was asked for before: this is that one. It cost nothing.',
  write: (out, file) => {
    writeForestFile(out, file);
    return { json: out };
  },
};

export const COVERAGE: Released = {
  approve: approveCoverage,
  repeated: 'The same was asked today already: this is that answer. It cost nothing.',
  write: writeReleaseFiles,
};

/** How a request is approved, by what it asks for. */
export const kindOf = (query: Parameters<typeof isCoverageJson>[0]): Released => {
  if (isForestJson(query)) return FOREST;
  return isCoverageJson(query) ? COVERAGE : NUMBERS;
};

/** Where a decision goes: a file, and the way it is told. */
export type Outlet = { readonly out: string | undefined; readonly json: boolean; readonly terminal: Terminal };

export const wantsJson = (values: OptionValues): boolean =>
  oneOf(values, 'format', ['table', 'json'] as const) === 'json';

/** What asking gives: a request that waits, or the answer of one that was paid for before. */
export type Answer =
  | { readonly kind: 'pending'; readonly request: string; readonly plan: { readonly statements: readonly string[] } }
  | { readonly kind: 'answered'; readonly file: Buffer };

/** Asks in the case of `--case`, and with a key approves in one go, which needs a place for the answer. The exit code. */
export const askIn = (
  values: OptionValues,
  kind: Released,
  ask: (into: Case) => Promise<Answer>,
  key: ReviewerKey | undefined,
  to: Outlet,
): Promise<number> =>
  withCase(values, to.terminal, async (into) => {
    if (key !== undefined && viewLedger(into).twoPersons) {
      const next = 'Ask without --key; the reviewer approves with `nightjar release approve`.';
      throw usageError('This case demands two persons: one asks, another approves.', next);
    }
    const found = await ask(into);
    if (found.kind === 'answered') return give(kind, found.file, true, to);
    return key === undefined ? tellPending(found, to) : decide(kind, into, found.request, key, to);
  });

/** Approves a request, and gives out its answer. */
export const decide = async (
  kind: Released,
  into: Case,
  request: string,
  key: ReviewerKey,
  to: Outlet,
): Promise<number> => {
  const { file, isRepeated } = await kind.approve(into, request, key, to.terminal.watch);
  return give(kind, file, isRepeated, to);
};

/** Writes an answer where it was asked for, or shows it where no file was named. */
const give = (kind: Released, file: Buffer, isRepeated: boolean, { out, json, terminal }: Outlet): number => {
  if (isRepeated) terminal.note(kind.repeated);
  if (out === undefined) {
    terminal.out(file.toString('utf8'));
    return 0;
  }
  const paths = kind.write(out, file);
  const released = Object.values(paths).map(plain).join(', ');
  terminal.out(json ? `${inertJson({ ...paths, isRepeated })}\n` : `Released: ${released}\n`);
  return 0;
};

const tellPending = ({ request, plan }: Extract<Answer, { kind: 'pending' }>, { json, terminal }: Outlet): number => {
  if (json) terminal.out(`${inertJson({ request, state: 'pending', statements: plan.statements })}\n`);
  else {
    terminal.out(`Request ${request} waits for a reviewer. Nothing was spent.\n`);
    for (const statement of plan.statements) terminal.note(plain(statement));
  }
  return 0;
};
