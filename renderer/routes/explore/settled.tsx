import { useEffect, useId, useRef, useState, type ReactNode, type Ref } from 'react';
import { setUnsaved } from '../../unsaved.ts';
import css from './explore.module.css';

type SettledProps = {
  readonly label: string;
  /** Undefined while it is on its way: what is typed by then is joined to it. */
  readonly value: string | undefined;
  readonly join: (value: string, typed: string) => string;
  readonly placeholder: string;
  readonly onSettle: (value: string) => void;
  /** What was typed where the value had not come before the field went. */
  readonly onLate: (typed: string) => void;
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
const useSettled = ({ label, value, join, placeholder, onSettle, onLate }: SettledProps) => {
  const place = useId();
  const [text, setText] = useState(value ?? '');
  const latest = useRef({ text, settled: value ?? '', isKnown: value !== undefined, isLeft: false, onSettle, onLate });
  Object.assign(latest.current, { onSettle, onLate });
  const write = (next: string): void => {
    latest.current.text = next;
    setText(next);
    setUnsaved(place, next.trim() !== latest.current.settled);
  };
  const settle = (): void => {
    const { settled, isKnown } = latest.current;
    const next = latest.current.text.trim();
    if (next === settled || !isKnown) return;
    latest.current.settled = next;
    setUnsaved(place, false);
    latest.current.onSettle(next);
  };
  const end = (): void => {
    const { isKnown } = latest.current;
    const typed = latest.current.text.trim();
    if (isKnown || typed === '') return settle();
    setUnsaved(place, false);
    latest.current.onLate(typed);
  };
  useEffect(() => {
    if (value === undefined) return;
    const { text: typed, settled, isKnown, isLeft } = latest.current;
    const isWriting = typed.trim() !== settled;
    Object.assign(latest.current, { settled: value, isKnown: true });
    write(!isWriting ? value : isKnown ? typed : join(value, typed));
    if (isLeft) settle();
  }, [value]);
  useEffect(() => end, []);
  const field = {
    'aria-label': label,
    placeholder,
    value: text,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => write(event.currentTarget.value),
    onFocus: () => {
      latest.current.isLeft = false;
    },
    onBlur: () => {
      latest.current.isLeft = true;
      settle();
    },
  };
  return { field, revert: () => write(latest.current.settled) };
};
