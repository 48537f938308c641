/** Each kind of figure: how it is drawn, what it is in words for those who do not see it, and what one step of it shows. */
import type { ComponentType } from "react";
import { activationDefinition } from "../../../core/activations/definitions.ts";
import type { FigureKind } from "../../../core/layers/figure.ts";
import type { Language } from "../../../core/layers/layer.ts";
import { lossDefinition } from "../../../core/losses/definitions.ts";
import type { DrawingProps } from "./drawing.tsx";
import { GraphDrawing, graphCaption } from "./GraphDrawing.tsx";
import { KeptDrawing, keptCaption, LossDrawing, lossCaption, RowsDrawing, rowsCaption } from "./LearningDrawings.tsx";
import { CurveDrawing, curveCaption, MaskDrawing, maskCaption, StripsDrawing, WeightsDrawing, weightsCaption } from "./NumberDrawings.tsx";
import { AttentionDrawing, attentionCaption, GatesDrawing, gatesCaption, LookupDrawing, lookupCaption } from "./SequenceDrawings.tsx";
import { SourcesDrawing, sourcesCaption } from "./SourcesDrawing.tsx";
import { WindowDrawing, windowAlt, windowCaption } from "./WindowDrawing.tsx";

type AltProps = Omit<DrawingProps, "frame"> & { readonly language: Language };

interface DrawnKind {
  readonly Drawing: ComponentType<DrawingProps>;
  readonly alt: (props: AltProps) => string;
  readonly caption: (props: DrawingProps) => string;
}

const counted =
  (key: "figure.alt.gates" | "figure.alt.focus" | "figure.alt.lookup") =>
  ({ data, t }: AltProps): string =>
    t(key, { count: data.frames });

export const figureKinds: Readonly<Record<FigureKind, DrawnKind>> = {
  window: { Drawing: WindowDrawing, alt: windowAlt, caption: windowCaption },
  gates: { Drawing: GatesDrawing, alt: counted("figure.alt.gates"), caption: gatesCaption },
  focus: { Drawing: AttentionDrawing, alt: counted("figure.alt.focus"), caption: attentionCaption },
  lookup: { Drawing: LookupDrawing, alt: counted("figure.alt.lookup"), caption: lookupCaption },
  mask: { Drawing: MaskDrawing, alt: ({ t }) => t("figure.alt.mask"), caption: maskCaption },
  strips: { Drawing: StripsDrawing, alt: ({ data, t }) => t(`figure.alt.strips.${data.figure.along ?? "columns"}`), caption: () => "" },
  weights: { Drawing: WeightsDrawing, alt: ({ t }) => t("figure.alt.weights"), caption: weightsCaption },
  sources: { Drawing: SourcesDrawing, alt: ({ data, t }) => t("figure.alt.sources", { count: data.frames }), caption: sourcesCaption },
  graph: { Drawing: GraphDrawing, alt: ({ data, t }) => t("figure.alt.graph", { count: data.frames }), caption: graphCaption },
  penalty: { Drawing: LossDrawing, alt: ({ t }) => t("figure.alt.penalty"), caption: lossCaption },
  loss: { Drawing: LossDrawing, alt: lossAlt, caption: lossCaption },
  kept: { Drawing: KeptDrawing, alt: ({ data, t }) => t("figure.alt.kept", { count: data.frames }), caption: keptCaption },
  rows: { Drawing: RowsDrawing, alt: ({ data, t }) => t("figure.alt.rows", { count: data.frames }), caption: rowsCaption },
  curve: { Drawing: CurveDrawing, alt: curveAlt, caption: curveCaption },
};

function lossAlt({ data, t, language }: AltProps): string {
  return t("figure.alt.loss", { name: lossDefinition(String(data.config["loss"])).texts[language].label });
}

function curveAlt({ data, t, language }: AltProps): string {
  const { label } = activationDefinition(String(data.config["activation"])).texts[language];
  return t(data.slope === null ? "figure.alt.row" : "figure.alt.curve", { name: label });
}
