import { z } from 'zod';
import { auditJob } from '../audit/job.ts';
import type { AuditView, OpenColumn } from '../contract/privacy.ts';
import type { EngineContext } from '../engine/context.ts';
import type { Grants } from '../engine/grants.ts';
import { saveText } from '../engine/save.ts';
import { NightjarError } from '../errors.ts';
import { approveAny, askAny } from '../privacy/any-kind.ts';
import { exportedAnswer } from '../privacy/exported.ts';
import { forestShown, previewForest } from '../privacy/forest.ts';
import { ledgerLines } from '../privacy/lines.ts';
import { previewRelease } from '../privacy/preview.ts';
import { releasedBefore } from '../privacy/released-before.ts';
import { solveForWidth } from '../privacy/solve.ts';
import { answerOf, tableOf } from '../privacy/table.ts';
import { verdictOfFile } from '../privacy/verdict.ts';
import {
  checkCaseLedger,
  openKeyFile,
  readPublicKey,
  readSignedFile,
  refuseRelease,
  setLimit,
  setTwoPersons,
  viewLedger,
  type ReviewerKey,
} from '../release/index.ts';
import { ledgerState } from '../release/ledger-acts.ts';
import { onOwnConnection } from '../release/own-connection.ts';
import { thisAccount } from '../release/person.ts';
import { parseForestFile } from '../../release/private-forest/index.ts';
import { parseRelease } from '../../release/release-file/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { readReleaseColumns } from '../../store/index.ts';
import { base } from './base.ts';

/** Procedures about releases: what may leave, at what cost, by whose word. */
export const privacyRoutes = ({ session, grants, jobs }: EngineContext) => {
  const opened = () => session.require().case;
  let audited: { readonly job: string; readonly report: AuditView } | null = null;
  const { privacy } = base;
  return privacy.router({
    ledger: privacy.ledger.handler(() => {
      const from = opened();
      const { hash, keys, requests, twoPersons, limit, spent, remaining } = viewLedger(from);
      return {
        hash,
        twoPersons,
        limit,
        spent,
        remaining,
        account: thisAccount(),
        keys: keys.map(({ name, fingerprint }) => ({ name, fingerprint })),
        requests: requests.map((request) => ({ ...request, query: asRecord(request.query) })),
        lines: ledgerLines(from),
      };
    }),
    checkLedger: privacy.checkLedger.handler(() => {
      const { ok, entries, faults, notes } = checkCaseLedger(opened().directory);
      return { ok, entries, faults: [...faults], notes: [...notes] };
    }),
    columns: privacy.columns.handler(() =>
      onOwnConnection(opened(), async (connection) => {
        const openOf = async (source: 'events' | 'actors'): Promise<OpenColumn[]> =>
          (await readReleaseColumns(connection, source))
            .filter(({ use }) => use === 'open')
            .map(({ name, type }) => ({ name, type }));
        return { events: await openOf('events'), actors: await openOf('actors') };
      }),
    ),
    plan: privacy.plan.handler(({ input: { groupSize, ...asked } }) => {
      const from = opened();
      return previewRelease(asked, ledgerState(from), ({ query }) => ({ ...releasedBefore(from, query), groupSize }));
    }),
    planForest: privacy.planForest.handler(({ input }) => previewForest(input, ledgerState(opened()))),
    solve: privacy.solve.handler(({ input }) => solveForWidth(input)),
    ask: privacy.ask.handler(async ({ input }) => {
      const asked = await askAny(opened(), input);
      return asked.kind === 'pending'
        ? { request: asked.request, answer: null }
        : { request: null, answer: asked.sha256 };
    }),
    approve: privacy.approve.handler(async ({ input, signal }) => {
      const { request, confirmation } = input;
      if (confirmation !== 'release' && (confirmation.length < 8 || !request.startsWith(confirmation))) {
        throw new NightjarError('usage', 'The confirmation is not the word or the id that was asked for.', {
          next: 'Type "release", or the first eight characters of the request.',
        });
      }
      const key = await openKey(input, grants);
      const watch = signal === undefined ? {} : { signal };
      const { sha256, isRepeated } = await approveAny(opened(), request, key, watch);
      return { answer: sha256, isRepeated };
    }),
    refuse: privacy.refuse.handler(async ({ input }) => {
      const key = await openKey(input, grants);
      refuseRelease(opened(), input.request, input.reason, key);
    }),
    setLimit: privacy.setLimit.handler(async ({ input: { epsilon, delta, ...reviewer } }) => {
      const key = await openKey(reviewer, grants);
      setLimit(opened(), { epsilon, delta }, key);
    }),
    setTwoPersons: privacy.setTwoPersons.handler(async ({ input: { twoPersons, ...reviewer } }) => {
      const key = await openKey(reviewer, grants);
      setTwoPersons(opened(), twoPersons, key);
    }),
    released: privacy.released.handler(({ input }) =>
      tableOf(parseRelease(answerOf(opened(), input.request).toString('utf8'))),
    ),
    releasedForest: privacy.releasedForest.handler(({ input }) =>
      forestShown(parseForestFile(answerOf(opened(), input.request).toString('utf8'))),
    ),
    exportRelease: privacy.exportRelease.handler(({ input: { request, format, to } }) => {
      const { text, rows } = exportedAnswer(opened(), request, format);
      return { rows, file: saveText(text, to, grants) };
    }),
    verify: privacy.verify.handler(({ input }) => {
      const file = readSignedFile(grants.pathOf(input.file, 'file'));
      const trusted = input.trusted?.map((id) => readPublicKey(grants.pathOf(id, 'file')).fingerprint);
      return verdictOfFile(file, trusted, session.current()?.case);
    }),
    startAudit: privacy.startAudit.handler(({ input }) => {
      const job = jobs.start(
        'audit',
        'Audit the release path',
        auditJob(session.current()?.case, input, (report) => {
          audited = { job, report };
        }),
      );
      return { job };
    }),
    lastAudit: privacy.lastAudit.handler(() => audited),
  });
};

const asRecord = (query: JsonValue): Record<string, unknown> => z.record(z.string(), z.unknown()).parse(query);

/** Opens the chosen key. A wrong passphrase and none read the same. */
const openKey = (
  { key, passphrase }: { readonly key: string; readonly passphrase?: string | undefined },
  grants: Grants,
): Promise<ReviewerKey> => openKeyFile(grants.pathOf(key, 'file'), passphrase ?? '');
