import { useRef, type ReactNode } from 'react';
import { client } from '../../client.ts';
import { CodeEditor, type CodeEditorHandle } from '../../ui/code-editor.tsx';
import { ErrorNotice } from '../../ui/index.ts';
import { Impact } from './impact.tsx';
import { Problems } from './problems.tsx';
import { ruleLanguage } from './rule-language.ts';
import { useCheck } from './use-check.ts';
import css from './rules.module.css';

const complete = (text: string, offset: number) => client.rules.complete({ text, offset });
const NO_FAULTS = [] as const;

/** The text of a rule; under it what is wrong or what it says in words, beside it whom it would hit. */
export const RuleText = (props: {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onBacktest: () => void;
}): ReactNode => {
  const { text, onChange, onBacktest } = props;
  const editor = useRef<CodeEditorHandle>(null);
  const checked = useCheck(text);
  const faults = checked.diagnostics ?? NO_FAULTS;
  return (
    <div className={css.writing}>
      <div className={css.editing}>
        <div className={css.editor}>
          <CodeEditor
            ref={editor}
            label="Text of the rule"
            language={ruleLanguage}
            value={text}
            onChange={onChange}
            faults={faults}
            complete={complete}
          />
        </div>
        <section className={css.said} aria-label="What the text says" aria-live="polite">
          {checked.error === null ? null : <ErrorNotice error={checked.error} />}
          {checked.rules.map((rule) => (
            <p key={rule.id} className={css.words}>
              {checked.rules.length > 1 ? <b>{rule.title}: </b> : null}
              {rule.words}
            </p>
          ))}
          <Problems of={faults} onGoTo={(offset) => editor.current?.goTo(offset)} />
        </section>
      </div>
      <Impact checked={checked} text={text} onBacktest={onBacktest} />
    </div>
  );
};
