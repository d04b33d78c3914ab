import { describe, expect, test } from 'vitest';
import { appInfo, contract } from '../../core/api/contract.ts';
import { requireRole, ROLES, WHO_MAY_CALL } from '../../core/api/roles.ts';
import { startEngine, refused } from './support.ts';
import { everyCall } from '../main/support/every-call.ts';

/** Dotted names of all procedures below a part of the contract. */
const proceduresOf = (part: object, path: readonly string[] = []): string[] =>
  Object.entries(part).flatMap(([name, below]: [string, unknown]) => {
    if (typeof below !== 'object' || below === null) return [];
    return '~orpc' in below ? [[...path, name].join('.')] : proceduresOf(below, [...path, name]);
  });

const procedures = proceduresOf(contract).toSorted();
const NOTHING = { actor: '', log: '', folder: '', decisions: '', recent: '', key: '', saveRelease: '', release: '' };

describe('who may call what', () => {
  test('the contract has procedures to look at', () => expect(procedures.length).toBeGreaterThan(40));

  test('every procedure of the contract is listed, and nothing else', () => {
    expect(Object.keys(WHO_MAY_CALL).toSorted()).toEqual(procedures);
  });

  test('the sweep of test/main/reviewer-session.test.ts calls every one of them', () => {
    expect([...new Set(everyCall(NOTHING).map(([name]) => name))].toSorted()).toEqual(procedures);
  });

  test('the page knows the same roles', () => {
    expect(appInfo.shape.role.options).toEqual([...ROLES]);
  });

  test('every procedure is somebody’s, and an investigator’s view is no reviewer’s', () => {
    for (const allowed of Object.values(WHO_MAY_CALL)) expect(allowed.length).toBeGreaterThan(0);
    const reviewers = procedures.filter((name) => WHO_MAY_CALL[name]?.includes('reviewer'));
    for (const group of ['explore.', 'decisions.']) {
      expect(reviewers.filter((name) => name.startsWith(group))).toEqual([]);
    }
  });

  test('what is not listed is refused to a reviewer', () => {
    expect(() => requireRole('reviewer', ['explore', 'newcomer'])).toThrow(/no view of single actors/u);
    expect(() => requireRole('reviewer', ['__proto__'])).toThrow(/no view of single actors/u);
    expect(() => requireRole('reviewer', [])).toThrow(/no view of single actors/u);
    for (const role of ROLES) expect(() => requireRole(role, ['case', 'current'])).not.toThrow();
  });
});

describe('the gate', () => {
  test('comes before the input is looked at, and leaves the errors of others as they are', async () => {
    const { client } = startEngine({ role: 'reviewer' });
    const wrongInput = await refused(client.explore.actor({ actor: '' }));
    expect(wrongInput).toMatchObject({
      code: 'usage',
      data: { where: 'explore.actor', next: expect.stringContaining('investigator') },
    });
    expect(wrongInput).toMatchObject({ message: expect.stringContaining('no view of single actors') });
    expect(await refused(client.risk.columns())).toMatchObject({ code: 'usage', message: 'No case is open.' });
    expect(await refused(client.case.open({ recent: '' }))).toMatchObject({ code: 'usage' });
    expect(await client.app.info()).toMatchObject({ role: 'reviewer' });
  });

  test('lets an investigator through', async () => {
    const { client } = startEngine();
    expect(await client.app.info()).toMatchObject({ role: 'investigator', keychain: false });
    expect(await refused(client.explore.run())).toMatchObject({ code: 'usage', message: 'No case is open.' });
  });
});
