/** What a sweep over the contract needs to ask for. */
export type Asked = {
  readonly actor: string;
  readonly log: string;
  readonly folder: string;
  readonly decisions: string;
  readonly recent: string;
  /** A reviewer's key, and a place to write a release to and read it from. */
  readonly key: string;
  readonly saveRelease: string;
  readonly release: string;
};

/** A call: its name and its input, or how to make that from the latest answer of another call. */
export type Call = readonly [string, unknown] | readonly [string, (answerOf: (name: string) => unknown) => unknown];

const requestOf = (answerOf: (name: string) => unknown, name = 'privacy.ask'): unknown => {
  const answer = answerOf(name);
  return typeof answer === 'object' && answer !== null && 'request' in answer ? answer.request : null;
};

const COUNT = {
  count: 'events',
  by: [{ column: 'action', keys: ['view', 'download'] }],
  bounds: { groupsPerActor: 2, rowsPerGroup: 10 },
};

const FOREST = { forest: { features: [{ name: 'event_count', bounds: [0, 10, 100] }], trees: 5, depth: 2 } };

/** A rule that names nobody; the case that is swept holds one that does. */
export const PLAIN_RULE = `rule many "Many in a day"
author "A"
severity low
effect review
for each actor_id
in each 1 day
when count() >= 5
`;
/** The rule of the swept case that names somebody. */
export const NAMING_RULE_ID = 'naming';

const SORT = { by: 'rank', descending: false };
const SPAN = { from: 0, to: 4e12 };
const PAGE = { offset: 0, limit: 1000 };

/**
 * Every procedure of the contract with inputs that make it show all it can, in an order in which they do not stand in
 * each other's way: what changes the open case comes last.
 */
export const everyCall = ({
  actor,
  log,
  folder,
  decisions,
  recent,
  key,
  saveRelease,
  release,
}: Asked): readonly Call[] => [
  ['app.info', undefined],
  ['case.current', undefined],
  ['case.recents', undefined],
  ['import.vocabulary', undefined],
  ['import.inspect', { grants: [log] }],
  ['import.files', undefined],
  ['import.quarantine', PAGE],
  ['import.quarantineCsv', {}],
  ['import.saveTemplate', { name: 'Mine', options: {}, fields: ['user'] }],
  ['import.templates', undefined],
  ['import.deleteTemplate', { id: 'none' }],
  ['jobs.watch', undefined],
  ['explore.run', undefined],
  ['explore.queue', { filter: {}, sort: SORT, ...PAGE }],
  ['explore.queue', { filter: { search: actor }, sort: SORT, ...PAGE }],
  ['explore.exportCsv', { filter: {}, sort: SORT }],
  ['explore.exportEventsCsv', { events: { actor } }],
  ['explore.locate', { actor, filter: {}, sort: SORT }],
  ['explore.timeline', { filter: { search: actor }, ...SPAN, bins: 10 }],
  ['explore.lanes', { actors: [actor], ...SPAN, bins: 10 }],
  ['explore.histogram', { filter: { search: actor }, detector: 'ensemble', bins: 10 }],
  ['explore.operatingPoints', { filter: {} }],
  ['explore.groups', undefined],
  ['explore.review', { target: 0.2 }],
  ['explore.reliability', undefined],
  ['explore.actor', { actor }],
  ['explore.actorTimeline', { actor, ...SPAN, bins: 10 }],
  ['explore.actorEvents', { actor, ...PAGE }],
  ['decisions.set', { actors: [actor], verdict: 'abuse', note: 'swept' }],
  ['decisions.undo', undefined],
  ['decisions.redo', undefined],
  ['decisions.summary', undefined],
  ['decisions.list', undefined],
  ['decisions.exportCsv', {}],
  ['decisions.importCsv', { grant: decisions }],
  ['decisions.rerank', undefined],
  ['decisions.undoRerank', undefined],
  ['rules.list', undefined],
  ['rules.get', { id: NAMING_RULE_ID }],
  ['rules.check', { text: PLAIN_RULE }],
  ['rules.vocabulary', undefined],
  ['rules.complete', { text: PLAIN_RULE, offset: PLAIN_RULE.length }],
  ['rules.impact', { text: PLAIN_RULE }],
  ['rules.hits', { text: PLAIN_RULE, ...PAGE }],
  ['rules.review', { text: PLAIN_RULE, most: 10 }],
  ['rules.overlap', { ids: [NAMING_RULE_ID] }],
  ['rules.diff', { id: NAMING_RULE_ID, from: 1, to: 1 }],
  ['rules.startBacktest', { text: PLAIN_RULE, against: { id: NAMING_RULE_ID, version: 1 }, target: 'sigma' }],
  ['rules.lastBacktest', undefined],
  ['rules.startSuggest', { from: { actors: [actor] } }],
  ['rules.lastSuggested', undefined],
  ['rules.targets', undefined],
  ['rules.preview', { ids: [NAMING_RULE_ID], target: 'sigma' }],
  ['rules.export', { ids: [NAMING_RULE_ID], target: 'sigma', to: folder }],
  ['rules.save', { text: PLAIN_RULE, note: 'swept', replaces: null }],
  ['rules.setState', { id: 'many', state: 'shadow' }],
  ['rules.remove', { id: 'many' }],
  ['rules.undo', undefined],
  ['rules.redo', undefined],
  ['rules.history', undefined],
  ['risk.columns', undefined],
  ['risk.assess', { quasi: ['action'], k: 2, measured: 0 }],
  ['risk.lastAssessed', undefined],
  ['privacy.columns', undefined],
  ['privacy.plan', { query: COUNT, epsilon: '1', delta: '0' }],
  ['privacy.planForest', { query: FOREST, epsilon: '1', delta: '0' }],
  ['privacy.solve', { query: COUNT, delta: '0', within: 100, groupSize: 1000 }],
  ['privacy.setLimit', { epsilon: '4', delta: '0', key }],
  ['privacy.setTwoPersons', { twoPersons: false, key }],
  ['privacy.ask', { query: COUNT, epsilon: '0.5', delta: '0', purpose: 'to be refused' }],
  ['privacy.refuse', (of) => ({ request: requestOf(of), reason: 'a test', key })],
  ['privacy.ask', { query: COUNT, epsilon: '1', delta: '0', purpose: 'a test' }],
  ['privacy.approve', (of) => ({ request: requestOf(of), confirmation: 'release', key })],
  ['privacy.released', (of) => ({ request: requestOf(of) })],
  ['privacy.exportRelease', (of) => ({ request: requestOf(of), format: 'csv' })],
  ['privacy.exportRelease', (of) => ({ request: requestOf(of), format: 'json', to: saveRelease })],
  ['privacy.verify', { file: release }],
  ['privacy.ask', { query: FOREST, epsilon: '1', delta: '0', purpose: 'for a partner' }],
  ['privacy.approve', (of) => ({ request: requestOf(of), confirmation: 'release', key })],
  ['privacy.releasedForest', (of) => ({ request: requestOf(of) })],
  ['privacy.ledger', undefined],
  ['privacy.checkLedger', undefined],
  ['privacy.startAudit', { query: COUNT, epsilon: '1', delta: '0', runs: 100 }],
  ['privacy.lastAudit', undefined],
  ['jobs.startImport', { grants: [log] }],
  ['jobs.watch', undefined],
  ['jobs.startDetect', {}],
  ['jobs.cancel', { job: 'none' }],
  ['jobs.dismiss', { job: 'none' }],
  ['case.create', { name: 'Another', into: folder }],
  ['case.open', { recent }],
  ['case.close', undefined],
  ['case.forget', { id: 'none' }],
  ['case.openSample', undefined],
];
