import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { SearchField } from '../../ui/index.ts';
import css from './explore.module.css';
import type { Explore } from './use-explore.ts';

const TYPING_MS = 200;

/** Narrows the queue to pseudonyms, a moment after the last letter. */
export const FindField = (props: { readonly explore: Explore; readonly input: Ref<HTMLInputElement> }): ReactNode => {
  const { search, patch } = props.explore;
  const [text, setText] = useState(search.find ?? '');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setText(search.find ?? ''), [search.find]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <SearchField
      label="Find a pseudonym"
      isLabelHidden
      className={css.find ?? ''}
      placeholder="Pseudonym ( / )"
      value={text}
      ref={props.input}
      onChange={(next) => {
        setText(next);
        clearTimeout(timer.current);
        const find = next.trim().slice(0, 64);
        timer.current = setTimeout(() => patch({ find: find === '' ? undefined : find, row: undefined }), TYPING_MS);
      }}
    />
  );
};
