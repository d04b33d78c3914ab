import { afterEach, expect, test, vi } from 'vitest';

vi.mock('../../renderer/unsaved.ts', () => ({ setUnsaved: (): void => undefined }));
const { dropDraft, draftOf, keepDraft, NEW, settleDraft } = await import('../../renderer/routes/rules/drafts.ts');

const SAVED = { id: 'burst', version: 2 };

afterEach(() => {
  dropDraft(NEW);
  dropDraft(SAVED.id);
});

test('a draft goes once its text is saved', () => {
  keepDraft(SAVED.id, { text: 'a', note: 'why', base: { id: SAVED.id, version: 1 } });
  settleDraft(SAVED.id, { text: 'a', note: 'why' }, SAVED);
  expect(draftOf(SAVED.id)).toBeUndefined();
});

test.each([NEW, SAVED.id])(
  'what was written into %s while it was being saved stays, upon the saved version',
  (rule) => {
    keepDraft(rule, { text: 'a and more', note: 'of more', base: null });
    settleDraft(rule, { text: 'a', note: '' }, SAVED);
    expect(draftOf(SAVED.id)).toEqual({ text: 'a and more', note: 'of more', base: SAVED });
    expect(draftOf(NEW)).toBeUndefined();
  },
);

test('the note of what was saved does not stay with what was written since', () => {
  keepDraft(NEW, { text: 'a and more', note: 'of a', base: null });
  settleDraft(NEW, { text: 'a', note: 'of a' }, SAVED);
  expect(draftOf(SAVED.id)).toEqual({ text: 'a and more', note: '', base: SAVED });
});
