import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import css from './tooltip.module.css';

/** Says what its one focusable child is, on hover and on focus. */
export const Tooltip = ({
  text,
  keys,
  children,
}: {
  readonly text: ReactNode;
  readonly keys?: string;
  readonly children: ReactNode;
}) => (
  <TooltipTrigger delay={400} closeDelay={80}>
    {children}
    <AriaTooltip offset={6} className={cx(css.tooltip)}>
      <span>{text}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </AriaTooltip>
  </TooltipTrigger>
);
