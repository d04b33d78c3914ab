import { useCallback, useEffect, useRef } from 'react';

/**
 * Tells, when a call has answered, whether the part that asked is still on the page: an answer that comes late leads nobody
 * away from where they went meanwhile.
 */
export const useIsShown = (): (() => boolean) => {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useCallback(() => isShown.current, []);
};
