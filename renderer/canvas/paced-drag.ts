/**
 * Layers dragged among very many: their boxes follow the pointer with every move of it, the document and all that looks at it (React Flow
 * asks each of its nodes, the connections and the mini-map are drawn again) some twenty times a second, and where they are let go.
 */
import type { NodePositionChange } from "@xyflow/react";
import { flushSync } from "react-dom";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Milliseconds from one act to the next. */
const PACE = 50;

export class PacedDrag {
  private readonly waiting = new Map<string, Place>();
  private timer: number | undefined;
  private last = Number.NEGATIVE_INFINITY;

  private readonly move: (places: ReadonlyMap<string, Place>) => void;

  /** @param move takes the places that layers were dragged to, in pixels of the canvas */
  constructor(move: (places: ReadonlyMap<string, Place>) => void) {
    this.move = move;
  }

  /** Draws a layer where it is dragged to, and tells of it when it is time. */
  follow({ id, position }: NodePositionChange): void {
    if (position === undefined) return;
    draw(id, position);
    this.waiting.set(id, position);
    this.timer ??= window.setTimeout(() => this.tell(), Math.max(0, this.last + PACE - performance.now()));
  }

  /** The layer was let go: what waited for it is behind the times. */
  letGo(id: string): void {
    this.waiting.delete(id);
    if (this.waiting.size > 0) return;
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tell(): void {
    const places = new Map(this.waiting);
    this.waiting.clear();
    this.timer = undefined;
    this.last = performance.now();
    // Drawn before the pointer moves again: else React would put the box back to where it was told of.
    flushSync(() => this.move(places));
  }
}

/** As React Flow writes it, which finds it so when the document has followed. */
function draw(id: string, { x, y }: Place): void {
  const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (node !== null) node.style.transform = `translate(${Math.round(x)}px,${Math.round(y)}px)`;
}
