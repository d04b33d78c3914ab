import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function on every render that does what the latest one would: for parts that must not render again because of it. */
export const useEvent = <Arguments extends readonly unknown[], Result>(
  run: (...args: Arguments) => Result,
): ((...args: Arguments) => Result) => {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Arguments) => latest.current(...args), []);
};
