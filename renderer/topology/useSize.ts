import { useEffect, useState, type RefObject } from "react";

/** The size of an element in CSS pixels, as it changes; 0 until it is on the page. */
export function useSize(element: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, offsetHeight: height } = current;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
