/** Which rows of a long table are in sight, where the table lies in a page that scrolls with other things above it. */
import { type RefObject, useEffect, useState } from "react";
import { type Span, spanOf } from "../data/use-window.ts";

/** Shorter tables are drawn whole. */
const FEW = 60;

/** @param height of a row in pixels, the same for all */
export function useRowsInSight(body: RefObject<HTMLElement | null>, count: number, height: number): Span {
  const [span, setSpan] = useState<Span>({ first: 0, end: FEW });
  useEffect(() => {
    const element = body.current;
    const scroller = element === null ? null : scrollerOf(element);
    if (element === null || scroller === null || count <= FEW) return undefined;
    const look = (): void => {
      const above = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top;
      const next = spanOf(above, scroller.clientHeight, height, count);
      setSpan((known) => (known.first === next.first && known.end === next.end ? known : next));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, [body, count, height]);
  return count <= FEW ? { first: 0, end: count } : { first: Math.min(span.first, count), end: Math.min(span.end, count) };
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement)
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  return null;
}
