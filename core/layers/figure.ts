/**
 * figure.ts of a layer: what the help card draws of it. It says which kind of drawing, and the small made-up sample that the layer
 * is run on; core/figures runs it through the reference kernels, the renderer draws what came out.
 */
import type { Shape } from "../ir/tensor.ts";

/** `focus`: weights of attention; `curve`: a function and its slope; `strips`: numbers before and after; `weights`: every unit of a dense layer; `sources`: which numbers each output comes from; `graph`: the same on the nodes of a graph; `penalty`: what is added to the loss, over the number; `loss`: the loss over the prediction; `kept`: steps that count and steps that are skipped; `rows`: a row of a table as numbers. */
export type FigureKind =
  | "window"
  | "gates"
  | "focus"
  | "lookup"
  | "mask"
  | "strips"
  | "weights"
  | "curve"
  | "sources"
  | "graph"
  | "penalty"
  | "loss"
  | "kept"
  | "rows";

/** `line`: from −4 to 4; `tokens`: vectors that are far from one another; `pulse`: a rise and a fall with silence behind; `columns`: each column with a mean and a spread of its own. */
export type FigureValues = "wave" | "tokens" | "picture" | "pulse" | "indices" | "line" | "columns";

export interface LayerFigure {
  readonly kind: FigureKind;
  /** One sample of each input. Of windows the lengths are chosen by the layer's own options. */
  readonly inputs: readonly Shape[];
  /** How many samples. @defaultValue 1 */
  readonly samples?: number;
  readonly values: FigureValues;
  /** Options that are made small enough to be drawn; all others are the node's own. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Options shown where the node's own are all the usual ones, with which there is nothing to see. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** Of `kept`: the option whose number fills some of the steps. */
  readonly paddedWith?: string;
  /** Run as while training. @defaultValue false */
  readonly training?: boolean;
  /** Names of the parts of a tapped tensor (the gates of a cell), in its order. */
  readonly parts?: readonly FigurePart[];
  /** Of `graph`: pairs of nodes that are linked, both ways; they are the last input. */
  readonly links?: readonly (readonly [number, number])[];
  /** Of `strips`: what is brought to one mean and spread. */
  readonly along?: "columns" | "samples";
}

/** Words are in resources/translations/app/figures.ts. */
export type FigurePart = "input" | "forget" | "candidate" | "output" | "update" | "reset" | "state";

export function defineFigure(figure: LayerFigure): LayerFigure {
  return figure;
}
