/** What the host and the thread that looks inside say to each other: which run, with which weights, and questions about it. Plain data. */
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { ExplainedNumber, PlaneOfInput, ViewName } from "../../../core/insight/inside/look.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { SurfaceQuestion } from "../../../core/train/explain/column-surface.ts";
import type { SnapshotHeader } from "../../../core/train/snapshots.ts";
import type { ChosenThreshold } from "../../host/exports/put-threshold.ts";
import type { AskedForm, SaidLines, SaidOfLines } from "../../host/exports/said-lines.ts";
import type { ForecastQuestion, SaidOfSeries, TriedSeries } from "../../host/exports/said-series.ts";
import type { GivenRow } from "../../host/inside/given-row.ts";
import type { FromKept, ToKept } from "../kept-thread.ts";
import type { TableSource } from "../messages.ts";

/** The run that the questions after it are about; the one before it is forgotten. */
export interface RunToLookInto {
  readonly design: DesignDocument;
  /** Its model file; null where it has none yet. */
  readonly model: Uint8Array | null;
  /** Null where its data are gone: what needs none can be asked all the same. */
  readonly table: (TableSource & { readonly dataMemoryBytes: number }) | null;
  readonly name: string;
}

/** Weights of a moment, as they are kept of epochs (core/train/snapshots.ts). */
export interface WeightsOfMoment {
  readonly header: SnapshotHeader;
  readonly bytes: Uint8Array;
}

export interface WeightsOfEpoch extends WeightsOfMoment {
  readonly epoch: number;
}

/** What is looked at: a row of the data by its number from 0, or one that a person gave. */
export type Subject = { readonly kind: "row"; readonly row: number } | ({ readonly kind: "given" } & GivenRow);

export type InsideQuestion =
  | { readonly kind: "views" }
  | {
      readonly kind: "look";
      readonly nodeId: string;
      readonly view: ViewName;
      readonly subject: Subject;
      readonly explained?: ExplainedNumber | undefined;
      readonly plane?: PlaneOfInput | undefined;
    }
  | { readonly kind: "umap"; readonly nodeId: string }
  /** Of a layer, as they are. */
  | { readonly kind: "weights"; readonly nodeId: string }
  /** Over two columns; `row`: of the data, whose values the others are held at. */
  | ({ readonly kind: "surface"; readonly row: number | null } & SurfaceQuestion)
  /** What a person can ask of rows of their own. */
  | { readonly kind: "form" }
  | ({ readonly kind: "say" } & SaidLines)
  /** Of a network of a series: rows to start from, and what follows them. */
  | { readonly kind: "window"; readonly series: TriedSeries; readonly end: number | null }
  | ({ readonly kind: "forecast" } & ForecastQuestion)
  /** The model file with another threshold in it. */
  | ({ readonly kind: "threshold" } & ChosenThreshold)
  /** Of these epochs; in the order of time. */
  | { readonly kind: "history"; readonly nodeId: string; readonly times: readonly WeightsOfEpoch[] };

/** By kind of question. */
export interface InsideAnswers {
  readonly views: MethodOutput<"inside.views">;
  readonly look: Omit<MethodOutput<"inside.look">, "at">;
  readonly umap: MethodOutput<"inside.umap">;
  readonly history: MethodOutput<"inside.weight_history">;
  readonly weights: MethodOutput<"runs.weights">;
  readonly surface: MethodOutput<"runs.surface">;
  readonly form: AskedForm;
  readonly say: SaidOfLines;
  readonly window: MethodOutput<"runs.window">;
  readonly forecast: SaidOfSeries;
  readonly threshold: Uint8Array;
}

export type ToInside =
  | { readonly kind: "run"; readonly run: RunToLookInto }
  /** Null: those of the trained model. */
  | { readonly kind: "weights"; readonly weights: WeightsOfMoment | null }
  | ToKept<InsideQuestion>;

export type FromInside = FromKept<InsideAnswers[keyof InsideAnswers]>;
