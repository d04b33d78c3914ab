import { useEffect } from 'react';
import { createStore, useStore } from '../store.ts';
import { toProblem } from '../problem.ts';
import { Button, IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { CloseIcon, WarnIcon } from './icons.tsx';
import css from './toast.module.css';

export type Toast = {
  readonly text: string;
  readonly tone?: 'normal' | 'danger';
  /** A later message about the same thing takes the place of this one. */
  readonly topic?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
};

const SHOWN_MS = 8000;
const MOST = 3;

const toasts = createStore<readonly (Toast & { readonly id: number })[]>([]);
let lastId = 0;

/** Says something in passing, over the status bar; it leaves by itself, or when it is closed. */
export const showToast = (toast: Toast): void => {
  lastId += 1;
  const others = toasts.get().filter(({ topic }) => topic === undefined || topic !== toast.topic);
  toasts.set([...others, { ...toast, id: lastId }].slice(-MOST));
};

/** Says that something failed, and what to do next. */
export const showError = (error: unknown): void => {
  const { message, next, code } = toProblem(error);
  if (code !== 'cancelled') showToast({ text: next === undefined ? message : `${message} ${next}`, tone: 'danger' });
};

const dismiss = (id: number): void => toasts.set(toasts.get().filter((toast) => toast.id !== id));

/** Where toasts appear; mounted once. */
export const ToastRegion = () => (
  <section className={css.region} aria-label="Messages" aria-live="polite">
    {useStore(toasts).map((toast) => (
      <ToastView key={toast.id} toast={toast} onClose={() => dismiss(toast.id)} />
    ))}
  </section>
);

const ToastView = ({ toast, onClose }: { readonly toast: Toast; readonly onClose: () => void }) => {
  const isLasting = toast.tone === 'danger';
  useEffect(() => {
    if (isLasting) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
    // A toast that is shown does not change: its clock starts once.
  }, []);
  return (
    <div className={css.toast}>
      {isLasting ? <WarnIcon className={cx(css.danger)} /> : null}
      <span className={css.text}>{toast.text}</span>
      {toast.action === undefined ? null : (
        <Button
          kind="quiet"
          onPress={() => {
            toast.action?.run();
            onClose();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton icon={CloseIcon} label="Close message" onPress={onClose} />
    </div>
  );
};
