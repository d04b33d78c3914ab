import { useEffect, useId, useRef, useState, type ReactNode, type Ref } from 'react';
import { setUnsaved } from '../../unsaved.ts';
import css from './explore.module.css';

type SettledProps = {
  readonly label: string;
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly placeholder: string;
  readonly onSettle: (value: string) => void;
};

/** A line of text that is given on when it is left or Enter is pressed; Esc puts the former text back. */
export const Settled = (props: SettledProps & { readonly list: string; readonly maxLength: number }): ReactNode => {
  const { field, revert } = useSettled(props);
  return (
    <input
      {...field}
      className={css.input}
      list={props.list}
      maxLength={props.maxLength}
      onKeyDown={(event) => {
        if (event.key === 'Escape') revert();
        if (event.key === 'Enter' || event.key === 'Escape') leave(event.currentTarget);
      }}
    />
  );
};

/** Text of several lines (Shift+Enter) that is given on when it is left, or by Enter or Esc. */
export const SettledText = (props: SettledProps & { readonly area: Ref<HTMLTextAreaElement> }): ReactNode => {
  const { field } = useSettled(props);
  return (
    <textarea
      {...field}
      ref={props.area}
      className={css.note}
      rows={field.value.length > 60 || field.value.includes('\n') ? 4 : 1}
      maxLength={4000}
      onKeyDown={(event) => {
        const isDone = event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey);
        if (!isDone) return;
        event.preventDefault();
        leave(event.currentTarget);
      }}
    />
  );
};

/** To the part of the screen that the field is in, where single keys are to be had again. */
const leave = (field: HTMLElement): void => field.closest<HTMLElement>('[tabindex="-1"]')?.focus();

/** What is typed is given on once: when the field is left, and when it goes while somebody types, as history can make it. */
const useSettled = ({ label, value, isReadOnly, placeholder, onSettle }: SettledProps) => {
  const place = useId();
  const [text, setText] = useState(value);
  const latest = useRef({ text, settled: value, onSettle });
  latest.current.onSettle = onSettle;
  const write = (next: string): void => {
    latest.current.text = next;
    setText(next);
    setUnsaved(place, next.trim() !== latest.current.settled);
  };
  const settle = (): void => {
    const next = latest.current.text.trim();
    if (next === latest.current.settled) return;
    latest.current.settled = next;
    setUnsaved(place, false);
    latest.current.onSettle(next);
  };
  useEffect(() => {
    const isWriting = latest.current.text.trim() !== latest.current.settled;
    latest.current.settled = value;
    write(isWriting ? latest.current.text : value);
  }, [value]);
  useEffect(() => settle, []);
  const field = {
    'aria-label': label,
    readOnly: isReadOnly,
    placeholder,
    value: text,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => write(event.currentTarget.value),
    onBlur: settle,
  };
  return { field, revert: () => write(latest.current.settled) };
};
