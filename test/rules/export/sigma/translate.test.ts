import { describe, expect, it } from 'vitest';
import { SIGMA_EXPORTERS } from '../../../../core/rules/export/sigma/index.ts';
import { translateToSigma } from '../../../../core/rules/export/sigma/translate.ts';
import type { EventRule, Rule } from '../../../../core/rules/schema.ts';
import { count, eventRule, is, SIGMA_RULES, sliding, tumbling, UNSAYABLE } from '../sample-rules.ts';

const narrowed = (rule: Rule, flavour: 'sigma' | 'splunk' | 'esql' = 'sigma'): EventRule => {
  const translation = translateToSigma(rule, flavour);
  if (translation.kind !== 'narrowed' || translation.rule.over !== 'events')
    throw new Error(`not narrowed: ${rule.id}`);
  return translation.rule;
};

describe('rules as Sigma says them', () => {
  it.each(SIGMA_RULES)('$id can be said', (rule) => {
    expect(translateToSigma(rule, 'sigma').kind).not.toBe('refused');
  });

  it.each(UNSAYABLE)('$id is refused, with reasons', (rule) => {
    const translation = translateToSigma(rule, 'sigma');
    expect(translation.kind).toBe('refused');
    if (translation.kind === 'refused') for (const reason of translation.reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it('says a single moment of numbers whole', () => {
    expect(translateToSigma(eventRule('large', { where: { column: 'amount', op: '>=', value: 5 } }), 'sigma')).toEqual({
      kind: 'whole',
    });
  });

  it('looks only at what is counted', () => {
    const rule = eventRule('fails', {
      where: is('action', 'login'),
      window: sliding('10m'),
      when: [count(3, is('outcome', 'failure'))],
    });
    expect(narrowed(rule)).toEqual({
      ...rule,
      where: { all: [is('action', 'login'), is('outcome', 'failure')] },
      when: [count(3)],
    });
  });

  it('has the windows of the flavour, and says so', () => {
    const rule = eventRule('burst', { where: is('action', 'login'), window: sliding('10m'), when: [count(3)] });
    expect(narrowed(rule, 'sigma').window).toEqual(sliding('10m'));
    expect(narrowed(rule, 'splunk').window).toEqual(tumbling('10m'));
    expect(narrowed({ ...rule, window: tumbling('10m') }, 'sigma').window).toEqual(sliding('10m'));
    const fixed = translateToSigma({ ...rule, where: null, window: tumbling('10m') }, 'splunk');
    expect(fixed).toEqual({ kind: 'whole' });
  });

  it('moves exclusions into the filter and drops the end, in words', () => {
    const exclusion = { owner: 'ops', reason: 'probes', ends: '2027-01-01', where: is('amount', 1) };
    const translation = translateToSigma(
      eventRule('ends', { where: null, exclusions: [exclusion], expires: '2027-02-01' }),
      'sigma',
    );
    expect(translation).toMatchObject({
      kind: 'narrowed',
      rule: { where: { not: is('amount', 1) }, exclusions: [], expires: null },
      differences: [
        'Sigma has no end of a rule: take it out by 2027-02-01.',
        'The exclusion until 2027-01-01 does not end by itself: export anew then.',
      ],
    });
  });

  it.each([
    ['>=', 2.5, '>=', 3],
    ['>', 2.5, '>=', 3],
    ['<=', 2.5, '<=', 2],
    ['<', 2.5, '<=', 2],
    ['>', 2, '>', 2],
  ] as const)('a sum %s %d becomes %s %d', (op, value, wholeOp, whole) => {
    const sum = { kind: 'sum', column: 'amount', where: null, decimals: 2, unit: 'EUR' } as const;
    const rule = eventRule('sums', { window: sliding('1d'), when: [{ ...sum, op, value }] });
    expect(narrowed(rule).when).toEqual([{ ...sum, op: wholeOp, value: whole }]);
    expect(translateToSigma(rule, 'splunk').kind).toBe('refused');
    expect(translateToSigma(rule, 'esql').kind).toBe('refused');
  });

  it('says that it puts no label', () => {
    const rule = eventRule('label', { effect: { kind: 'label', label: 'odd' } });
    expect(translateToSigma(rule, 'sigma')).toMatchObject({
      kind: 'narrowed',
      differences: ['Sigma puts no label: odd is for the system that takes the hits.'],
    });
  });

  it('does not compare with the time', () => {
    const rule = eventRule('late', { where: { column: 'ts', op: '>', value: 5 } });
    expect(translateToSigma(rule, 'sigma').kind).toBe('refused');
  });

  it('is translated once and for all', () => {
    for (const { translate } of SIGMA_EXPORTERS) {
      for (const rule of SIGMA_RULES) {
        const first = translate(rule);
        if (first.kind !== 'narrowed') continue;
        const second = translate(first.rule);
        expect(second.kind === 'narrowed' ? second.rule : first.rule).toEqual(first.rule);
      }
    }
  });
});
