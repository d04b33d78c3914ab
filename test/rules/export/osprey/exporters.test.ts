import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintSml, OSPREY_EXPORTERS } from '../../../../core/rules/export/osprey/index.ts';
import type { ExportFile } from '../../../../core/rules/export/exporter.ts';
import type { Rule } from '../../../../core/rules/schema.ts';
import { fields, filters } from '../arbitrary.ts';
import { meets } from '../meets.ts';
import { actorRule, count, eventRule, is, SIGMA_RULES, sliding, tumbling } from '../sample-rules.ts';
import { runSml } from './run-sml.ts';

const [osprey] = OSPREY_EXPORTERS;
const options = {
  events: 'events',
  features: 'features',
  fields: new Map([['action', 'event.kind']]),
  date: '2026-01-01',
};

const write = (rule: Rule, given = options): readonly ExportFile[] => {
  const translation = osprey?.translate(rule);
  if (osprey === undefined || translation === undefined || translation.kind === 'refused') throw new Error('refused');
  return osprey.write(translation.kind === 'narrowed' ? translation.rule : rule, given);
};

describe('rules as Osprey says them', () => {
  it.each<[string, Rule, 'whole' | 'narrowed' | 'refused']>([
    ['a label for single actions', eventRule('a', { effect: { kind: 'label', label: 'odd' } }), 'whole'],
    ['a verdict', eventRule('a', {}), 'narrowed'],
    ['actors', actorRule('a', {}), 'refused'],
    ['a count', eventRule('a', { window: sliding('1h'), when: [count(3)] }), 'refused'],
    ['one hour', eventRule('a', { window: tumbling('1h') }), 'refused'],
    [
      'two steps',
      eventRule('a', {
        window: sliding('1h'),
        when: [{ kind: 'sequence', steps: [is('action', 'a'), is('action', 'b')] }],
      }),
      'narrowed',
    ],
    [
      'three steps',
      eventRule('a', {
        window: sliding('1h'),
        when: [{ kind: 'sequence', steps: [is('action', 'a'), is('action', 'b'), is('action', 'c')] }],
      }),
      'refused',
    ],
    [
      'two steps in a country',
      eventRule('a', {
        groupBy: ['country'],
        window: sliding('1h'),
        when: [{ kind: 'sequence', steps: [is('action', 'a'), is('action', 'b')] }],
      }),
      'refused',
    ],
    ['a label of an address', eventRule('a', { groupBy: ['ip'], effect: { kind: 'label', label: 'odd' } }), 'refused'],
  ])('%s', (_, rule, kind) => {
    expect(osprey?.translate(rule).kind).toBe(kind);
  });

  it('writes signals, effects and the label that the configuration must know', () => {
    const rule = eventRule('big_spender', {
      title: 'Much {money} at once',
      effect: { kind: 'label', label: 'no' },
      where: { all: [is('action', "it's"), { column: 'amount', op: '>=', value: -5 }, { not: is('country', 'DE') }] },
    });
    const files = write(rule);
    expect(files.map(({ name }) => name)).toEqual([
      'nightjar.sml',
      'nightjar_big_spender.sml',
      'nightjar_big_spender.labels.yaml',
    ]);
    expect(files[1]?.text).toBe(`Import(rules=['nightjar.sml'])

_Action: Optional[str] = JsonData(path='$.event.kind', required=False, coerce_type=True)
_Amount: Optional[float] = JsonData(path='$.amount', required=False, coerce_type=True)
_Country: Optional[str] = JsonData(path='$.country', required=False, coerce_type=True)

Nightjar_big_spender = Rule(
  when_all=[
    ActorId != None,
    _Action == 'it\\'s',
    (_Amount != None and _Amount >= -5.0),
    (not (_Country == 'DE')),
  ],
  description=f'Much {{money}} at once',
)

WhenRules(
  rules_any=[Nightjar_big_spender],
  then=[
    LabelAdd(entity=ActorId, label='no'),
  ],
)
`);
    expect(files[2]?.text).toBe(`labels:
  'no':
    valid_for: [ActorId]
    connotation: neutral
    description: Put by rule big_spender
`);
  });

  it('remembers the first of two steps by a label that expires', () => {
    const rule = eventRule('after', {
      window: sliding('90m'),
      when: [{ kind: 'sequence', steps: [is('action', 'login'), is('action', 'transfer')] }],
    });
    const files = write(rule, { ...options, fields: new Map() }).filter(({ name }) => name.endsWith('.sml'));
    expect(files[1]?.text).toContain("label='after_step_1', expires_after=TimeDelta(seconds=5400)");
    const first = runSml(files, { actor_id: 'actor_a', action: 'login' });
    expect(first).toEqual({ verdicts: [], added: ['actor_a after_step_1'] });
    const labels = new Set(first.added);
    expect(runSml(files, { actor_id: 'actor_a', action: 'transfer' }, labels).verdicts).toEqual(['review']);
    expect(runSml(files, { actor_id: 'actor_b', action: 'transfer' }, labels).verdicts).toEqual([]);
    expect(runSml(files, { actor_id: 'actor_a', action: 'transfer' }).verdicts).toEqual([]);
  });

  it('fires for the events that meet the rule, whatever is missing', () => {
    fc.assert(
      fc.property(filters, fields, (where, event) => {
        const files = write(eventRule('any', { where }), { ...options, fields: new Map() });
        const expected = event['actor_id'] !== null && meets(where, event);
        expect(runSml(files, event).verdicts).toEqual(expected ? ['review'] : []);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes an identifier that is a number, and a number that is a text, as an import does', () => {
    const where = { all: [is('action', '7'), { column: 'amount', op: '>=', value: 5 } as const] };
    const files = write(eventRule('any', { where }), { ...options, fields: new Map() });
    expect(runSml(files, { actor_id: 12, action: 7, amount: '5.5' }).verdicts).toEqual(['review']);
    expect(runSml(files, { actor_id: 12, action: 7, amount: 'much' }).verdicts).toEqual([]);
  });

  it.each(SIGMA_RULES.filter(({ window }) => window.kind === 'event'))('$id has no fault', (rule) => {
    expect(lintSml(write(rule).filter(({ name }) => name.endsWith('.sml')))).toEqual([]);
  });

  it('refuses a field that is no path', () => {
    expect(() =>
      write(eventRule('a', { where: is('action', 'x') }), { ...options, fields: new Map([['action', 'a b']]) }),
    ).toThrow('A field cannot be a path');
  });
});
