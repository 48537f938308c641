/** Windowing of long lists: which of many rows of one height are in sight, so that only those are drawn. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

export interface Span {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Rows drawn beyond each edge: enough to move the focus by keys and to scroll without gaps. */
const BEYOND = 8;

export function spanOf(offset: number, extent: number, size: number, count: number, beyond: number = BEYOND): Span {
  const first = Math.max(0, Math.floor(offset / size) - beyond);
  return { first, end: Math.max(first, Math.min(count, Math.ceil((offset + extent) / size) + beyond)) };
}

/** The same for things of different sizes. @param ends where each one ends, ascending */
export function spanOfSizes(offset: number, extent: number, ends: readonly number[], beyond: number = 2): Span {
  const at = (place: number): number => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > place) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const first = Math.max(0, at(offset) - beyond);
  return { first, end: Math.max(first, Math.min(ends.length, at(offset + extent) + 1 + beyond)) };
}

export interface ScrollWindow<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly onScroll: () => void;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Scroll position and size of an element, for `spanOf`. */
export function useScrollWindow<E extends HTMLElement = HTMLDivElement>(): ScrollWindow<E> {
  const ref = useRef<E>(null);
  const [box, setBox] = useState({ top: 0, left: 0, height: 600, width: 1000 });
  const onScroll = useCallback(() => {
    const element = ref.current;
    if (element === null) return;
    const { scrollTop: top, scrollLeft: left, clientHeight: height, clientWidth: width } = element;
    setBox((old) =>
      old.top === top && old.left === left && old.height === height && old.width === width ? old : { top, left, height, width },
    );
  }, []);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    // It reports once at the start, when the sizes are known anyway: to ask for them here would lay out the screen twice.
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onScroll]);
  return { ref, onScroll, ...box };
}
