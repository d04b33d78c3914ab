import { useLayoutEffect, useState, type RefObject } from 'react';
import type { PlotSize } from './size.ts';

/** An element's inner size in whole CSS pixels, kept up to date; null before it is known. */
export const useSize = (ref: RefObject<HTMLElement | null>): PlotSize | null => {
  const [size, setSize] = useState<PlotSize | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const next = { width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) };
      setSize((now) => (now !== null && now.width === next.width && now.height === next.height ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
};
