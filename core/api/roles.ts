import { NightjarError } from './errors.ts';

/**
 * Who a session is for. An *investigator* sees actors. A *privacy reviewer* decides what may leave, and sees no row,
 * score, pseudonym or free text of any single actor. A role is a way of working, not a lock: whoever may start
 * Nightjar on the case as the same user of the machine may start it in either role.
 */
export const ROLES = ['investigator', 'reviewer'] as const;
export type Role = (typeof ROLES)[number];

const BOTH: readonly Role[] = ROLES;
const INVESTIGATOR: readonly Role[] = ['investigator'];

/**
 * Who may call which procedure of the contract. A reviewer may call what is listed for reviewers and nothing else: a
 * procedure that is missing here is refused to them, and a test fails until it is listed. What takes a filter over
 * actors counts as a view of one, since a filter can name one. `risk.lastAssessed` gives counts, shares and names of columns.
 */
export const WHO_MAY_CALL: Readonly<Record<string, readonly Role[]>> = {
  'app.info': BOTH,
  'case.current': BOTH,
  'case.recents': BOTH,
  'case.forget': BOTH,
  'case.create': INVESTIGATOR,
  'case.open': BOTH,
  'case.openSample': BOTH,
  'case.close': BOTH,
  'import.vocabulary': BOTH,
  'import.inspect': INVESTIGATOR, // values of a raw log
  'import.files': BOTH,
  'import.quarantine': INVESTIGATOR, // single lines of a log
  'import.quarantineCsv': INVESTIGATOR,
  'import.templates': INVESTIGATOR,
  'import.saveTemplate': INVESTIGATOR,
  'import.deleteTemplate': INVESTIGATOR,
  'jobs.watch': BOTH,
  'jobs.startImport': INVESTIGATOR,
  'jobs.startDetect': INVESTIGATOR,
  'jobs.cancel': BOTH,
  'jobs.dismiss': BOTH,
  'explore.run': INVESTIGATOR, // the lowest and the highest score are one actor's each
  'explore.queue': INVESTIGATOR,
  'explore.exportCsv': INVESTIGATOR,
  'explore.exportEventsCsv': INVESTIGATOR,
  'explore.locate': INVESTIGATOR,
  'explore.timeline': INVESTIGATOR,
  'explore.lanes': INVESTIGATOR,
  'explore.histogram': INVESTIGATOR,
  'explore.operatingPoints': INVESTIGATOR,
  'explore.groups': INVESTIGATOR,
  'explore.review': INVESTIGATOR,
  'explore.reliability': INVESTIGATOR,
  'explore.actor': INVESTIGATOR,
  'explore.actorTimeline': INVESTIGATOR,
  'explore.actorEvents': INVESTIGATOR,
  'decisions.set': INVESTIGATOR,
  'decisions.rerank': INVESTIGATOR,
  'decisions.undoRerank': INVESTIGATOR,
  'decisions.undo': INVESTIGATOR, // what can be undone names an actor
  'decisions.redo': INVESTIGATOR,
  'decisions.summary': INVESTIGATOR,
  'decisions.list': INVESTIGATOR,
  'decisions.exportCsv': INVESTIGATOR,
  'decisions.importCsv': INVESTIGATOR,
  'risk.columns': BOTH,
  'risk.assess': BOTH,
  'risk.lastAssessed': BOTH,
  'rules.list': BOTH, // words, no count: where a rule names somebody, they are withheld from a reviewer
  'rules.get': BOTH,
  'rules.check': BOTH,
  'rules.complete': INVESTIGATOR,
  'rules.vocabulary': INVESTIGATOR,
  'rules.save': INVESTIGATOR,
  'rules.setState': INVESTIGATOR,
  'rules.remove': INVESTIGATOR,
  'rules.undo': INVESTIGATOR,
  'rules.redo': INVESTIGATOR,
  'rules.history': INVESTIGATOR,
  'rules.startBacktest': INVESTIGATOR,
  'rules.lastBacktest': INVESTIGATOR,
  'rules.impact': INVESTIGATOR,
  'rules.startSuggest': INVESTIGATOR,
  'rules.lastSuggested': INVESTIGATOR,
  'rules.overlap': INVESTIGATOR,
  'rules.hits': INVESTIGATOR,
  'rules.review': INVESTIGATOR,
  'rules.diff': INVESTIGATOR,
  'rules.targets': INVESTIGATOR,
  'rules.preview': INVESTIGATOR,
  'rules.export': INVESTIGATOR,
  // Whose word counts here is decided by keys and the ledger, not by the session.
  'privacy.ledger': BOTH,
  'privacy.checkLedger': BOTH,
  'privacy.columns': BOTH,
  'privacy.plan': BOTH,
  'privacy.planForest': BOTH,
  'privacy.solve': BOTH,
  'privacy.ask': BOTH,
  'privacy.approve': BOTH,
  'privacy.refuse': BOTH,
  'privacy.setLimit': BOTH,
  'privacy.setTwoPersons': BOTH,
  'privacy.released': BOTH,
  'privacy.releasedForest': BOTH,
  'privacy.exportRelease': BOTH,
  'privacy.verify': BOTH,
  'privacy.startAudit': BOTH,
  'privacy.lastAudit': BOTH,
};

/** Throws `usage` unless that role may call the procedure at `path`, such as `['explore', 'queue']`. */
export const requireRole = (role: Role, path: readonly string[]): void => {
  const name = path.join('.');
  const allowed = (Object.hasOwn(WHO_MAY_CALL, name) ? WHO_MAY_CALL[name] : undefined) ?? INVESTIGATOR;
  if (allowed.includes(role)) return;
  throw new NightjarError('usage', `A ${role} session does not show or change this: it has no view of single actors.`, {
    where: name,
    next: 'Ask an investigator, or close the case and open it as one.',
  });
};
