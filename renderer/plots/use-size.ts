import { useLayoutEffect, useState } from 'react';
import type { PlotSize } from './size.ts';

/** A ref to put on an element, and that element's inner size in whole CSS pixels, kept up to date; null before it is known. */
export const useSize = (): readonly [(element: HTMLElement | null) => void, PlotSize | null] => {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState<PlotSize | null>(null);
  useLayoutEffect(() => {
    if (element === null) return undefined;
    const measure = (): void => {
      const next = { width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) };
      setSize((now) => (now !== null && now.width === next.width && now.height === next.height ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, size];
};
