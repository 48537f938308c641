/** The size of an element in pixels, followed as it changes. */
import { useCallback, useState } from "react";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function useSize(): { readonly ref: (element: Element | null) => (() => void) | undefined; readonly size: Size } {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const ref = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, size };
}
