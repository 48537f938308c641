/** What the canvas shows for a moment only: which search is open, which node is being renamed, where a connection may go. */
import type { ReactFlowInstance } from "@xyflow/react";
import { create } from "zustand";
import type { ErrorData } from "../../core/errors.ts";
import type { LooseEnd } from "../../core/graph/fitting.ts";
import type { GroupPort } from "../../core/graph/group-ports.ts";
import type { PortReference } from "../../core/graph/ports.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A search that floats over the canvas; `at` in pixels of the window, `place` on the canvas. */
export type Search =
  /** `from`: the layer added is joined to this end of a connection; `edgeId`: it goes into this one. */
  | { readonly kind: "add"; readonly at: Point; readonly place: Point; readonly from: LooseEnd | null; readonly edgeId?: string }
  | { readonly kind: "find"; readonly at: Point }
  | { readonly kind: "connect"; readonly at: Point; readonly from: PortReference }
  /** Which of the ports of a collapsed group is meant. */
  | { readonly kind: "port"; readonly at: Point; readonly name: string; readonly ports: readonly GroupPort[]; readonly way: PortWay }
  /** What the layer takes its input from; null: at any of its ports. */
  | { readonly kind: "source"; readonly at: Point; readonly node: string; readonly port: string | null }
  /** Which connection the layers give up, as one: those between them are not asked for. `name`: of the group that they are. */
  | { readonly kind: "disconnect"; readonly at: Point; readonly nodes: readonly string[]; readonly name: string | null };

/** What is done at a port: join what is there, add a layer behind it, or choose what it takes. */
export type PortWay = "connect" | "addBehind" | "source";

interface CanvasState {
  readonly search: Search | null;
  readonly renaming: string | null;
  /** The group that is shown from inside; null for the whole design. entered-group.ts knows whether it is still there. */
  readonly entered: string | null;
  /** Notes and frames that lay elsewhere when the group was entered: inside it they are not shown. */
  readonly elsewhere: ReadonlySet<string>;
  /** Zoomed out so far that no text can be read. */
  readonly far: boolean;
  /** So many layers, and so small, that they are drawn as boxes. */
  readonly sketched: boolean;
  /** While an edge is drawn: ids of the nodes that can take it. Null while none is drawn. */
  readonly targets: ReadonlySet<string> | null;
  /** A layout is being looked for that takes a while. */
  readonly arranging: boolean;
  /** So much is being pasted that it takes a while. */
  readonly pasting: boolean;
  /** A connection that was refused, and where the pointer was. */
  readonly refusal: { readonly error: ErrorData; readonly at: Point } | null;
}

export const useCanvas = create<CanvasState>()(() => ({
  search: null,
  renaming: null,
  entered: null,
  elsewhere: new Set(),
  far: false,
  sketched: false,
  targets: null,
  arranging: false,
  pasting: false,
  refusal: null,
}));

/** Where the pointer last was over the canvas, in pixels of the window. Not state: it changes with every move and draws nothing. */
let pointer: Point | null = null;

export function setPointer(at: Point | null): void {
  pointer = at;
}
export function pointerPlace(): Point | null {
  return pointer;
}

/** Where the menu at the pointer was asked for: on the way to its entries the pointer leaves the canvas. */
let menuPlace: Point | null = null;

export function setMenuPlace(at: Point): void {
  menuPlace = at;
}

/** The act as if the pointer were where the menu was asked for. */
export function atMenuPlace(act: () => void): () => void {
  return () => {
    const now = pointer;
    pointer = menuPlace;
    act();
    pointer = now;
  };
}

/** The view of the canvas: set by Canvas.tsx while it is on the screen. */
let flow: ReactFlowInstance | null = null;

export function provideFlow(instance: ReactFlowInstance | null): void {
  flow = instance;
}
export function currentFlow(): ReactFlowInstance | null {
  return flow;
}

/** Connections that are drawn as lines of one picture: set while they are. */
interface SketchedEdges {
  /** @param reach how far from its line a connection is still meant @param counts whether it is one that is meant */
  edgeAt(place: Point, reach: number, counts: (id: string) => boolean): string | undefined;
  /** Shows one connection, or none, as the one that is meant. */
  light(edgeId: string | undefined): void;
}
let sketch: SketchedEdges | null = null;

export function provideSketch(drawn: SketchedEdges | null): void {
  sketch = drawn;
}
export function currentSketch(): SketchedEdges | null {
  return sketch;
}

export function closeSearch(): void {
  useCanvas.setState({ search: null });
}
