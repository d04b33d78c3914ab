import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import type { Language } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import { editorColours, editorTheme } from './code-editor-theme.ts';
import css from './code-editor.module.css';

export type Fault = {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
  /** In UTF-16 units of the text. */
  readonly from: number;
  readonly length: number;
};

export type Completions = {
  readonly from: number;
  readonly options: readonly { readonly label: string; readonly insert: string; readonly detail: string }[];
};

const NOTHING: Completions = { from: 0, options: [] };

export type CodeEditorHandle = { readonly focus: () => void; readonly goTo: (offset: number) => void };

export type CodeEditorProps = {
  /** What the text is. */
  readonly label: string;
  readonly language: Language;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly faults: readonly Fault[];
  readonly complete: (text: string, offset: number) => Promise<Completions>;
  readonly isReadOnly?: boolean;
  readonly ref?: Ref<CodeEditorHandle>;
};

/**
 * A text with colours, faults under the words and completion. It lives in a shadow root: there, the editor's styles are
 * sheets made by script, which the page's content policy allows; in the page itself it would need `<style>` elements.
 */
export const CodeEditor = (props: CodeEditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
      // Without an answer there is nothing to choose from; what is wrong is told elsewhere.
      const found = await latest.current.complete(context.state.doc.toString(), context.pos).catch(() => NOTHING);
      const { from, options } = found;
      if (options.length === 0 || (!context.explicit && from === context.pos)) return null;
      return {
        from,
        options: options.map(({ label, insert, detail }) => ({ label, apply: insert, detail })),
        validFor: /^[\w-]*$/,
      };
    };
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          closeBrackets(),
          latest.current.language,
          syntaxHighlighting(editorColours),
          autocompletion({ override: [complete], icons: false }),
          keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': latest.current.label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            const isTyped = !update.transactions.some((each) => each.annotation(given) === true);
            if (update.docChanged && isTyped) latest.current.onChange(update.state.doc.toString());
          }),
          writing.of(writable(latest.current.isReadOnly ?? false)),
          editorTheme,
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const made = view.current;
    if (made === null || made.state.doc.toString() === props.value) return;
    made.dispatch({
      changes: { from: 0, to: made.state.doc.length, insert: props.value },
      annotations: given.of(true),
    });
  }, [props.value]);

  useEffect(() => {
    view.current?.dispatch({ effects: writing.reconfigure(writable(props.isReadOnly ?? false)) });
  }, [props.isReadOnly]);

  useEffect(() => {
    const made = view.current;
    if (made === null) return;
    const most = made.state.doc.length;
    const shown = props.faults.map(({ from, length, severity, message, hint }) => ({
      from: Math.min(from, most),
      to: Math.min(from + Math.max(length, 1), most),
      severity,
      message: hint === '' ? message : `${message} ${hint}`,
    }));
    made.dispatch(setDiagnostics(made.state, shown));
  }, [props.faults]);

  useImperativeHandle(props.ref, () => ({
    focus: () => view.current?.focus(),
    goTo: (offset) => {
      const made = view.current;
      if (made === null) return;
      made.dispatch({ selection: { anchor: Math.min(offset, made.state.doc.length) }, scrollIntoView: true });
      made.focus();
    },
  }));

  return <div ref={host} className={css.host} data-typing />;
};

/** The text came from the page, not from who writes. */
const given = Annotation.define<boolean>();
const writing = new Compartment();
const writable = (isReadOnly: boolean) => [EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)];
