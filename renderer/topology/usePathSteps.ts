import { useCallback, useEffect, useState } from "react";

export interface PathSteps {
  /** The hop that is looked at, from 0; undefined while the whole path is shown. */
  readonly at: number | undefined;
  readonly isPlaying: boolean;
  /** To the next hop or the one before: forward from the whole path begins at the first. */
  move(by: 1 | -1): void;
  /** To one hop, or back to the whole path. */
  go(to: number | undefined): void;
  /** Has the packet walk by itself, or stop where it is. */
  play(): void;
}

/** Time to read one sentence. */
const hopMilliseconds = 2200;

/**
 * Where the packet is on its path.
 * @param key what is asked: another question is shown whole again
 * @param count hops there are
 */
export function usePathSteps(key: string, count: number): PathSteps {
  const [place, setPlace] = useState<{ readonly key: string; readonly at: number | undefined; readonly isPlaying: boolean }>({ key, at: undefined, isPlaying: false });
  const isCurrent = place.key === key;
  const at = isCurrent && place.at !== undefined && place.at < count ? place.at : undefined;
  const isPlaying = isCurrent && place.isPlaying && count > 0;
  const go = useCallback((to: number | undefined) => setPlace({ key, at: to === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, to)), isPlaying: false }), [key, count]);
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => {
      const next = at === undefined ? 0 : at + 1;
      setPlace({ key, at: Math.min(next, count - 1), isPlaying: next < count - 1 });
    }, at === undefined ? 0 : hopMilliseconds);
    return () => clearTimeout(timer);
  }, [isPlaying, at, key, count]);
  return {
    at, isPlaying, go,
    move: useCallback((by) => {
      if (count === 0) return;
      const next = at === undefined ? (by > 0 ? 0 : count - 1) : at + by;
      // Back from the first hop is the whole path again.
      setPlace({ key, at: next < 0 ? undefined : Math.min(count - 1, next), isPlaying: false });
    }, [key, count, at]),
    play: useCallback(() => setPlace({ key, at: at === count - 1 ? undefined : at, isPlaying: !isPlaying }), [key, count, at, isPlaying]),
  };
}
