/** The decision boundary or fitted surface of a network with two features, drawn on a canvas element, with its legend. */
import { useEffect, useMemo, useRef } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import { lossDefinition } from "../../../core/losses/definitions.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { validateConfig } from "../../../core/schema/validate.ts";
import { useSession } from "../../state/session.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { type Domain, linearTicks, place } from "../../training/axes.ts";
import { markFormat } from "../../training/chart-words.ts";
import { formatFigure } from "../../ui/format.ts";
import { Busy, Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import {
  type Colour,
  colourOf,
  css,
  drawSurface,
  type Surface,
  type SurfaceColours,
  type SurfaceScale,
  scaleOf,
  shapeOf,
} from "./surface-drawing.ts";

const RESOLUTION = 120;
/** Drawn this large, so that it is sharp on fine screens. */
const CANVAS_PIXELS = 800;
const CLASS_COLOURS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `--series-${number}`);

/** The design tokens as numbers; read again when the theme changes. */
function readColours(): SurfaceColours {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const styles = getComputedStyle(document.documentElement);
  const read = (token: string): Colour => {
    if (context === null) return [128, 128, 128];
    context.fillStyle = styles.getPropertyValue(token);
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  return {
    positive: read("--series-1"),
    negative: read("--series-2"),
    middle: read("--panel"),
    ink: read("--ink"),
    classes: CLASS_COLOURS.map(read),
  };
}

/** Whether the network's one number is a probability. */
function givesProbability(design: DesignDocument): boolean {
  return design.graph.nodes.some((node) => {
    const definition = layerDefinition(node.type);
    if (definition?.output === undefined) return false;
    const { loss } = definition.output(validateConfig(definition.schema, node.config, node.name));
    return lossDefinition(loss).expects === "each_probability";
  });
}

/** The layer right after the input: it knows the names of the features. */
function firstLayer(design: DesignDocument): string | null {
  const inputs = new Set(design.graph.nodes.filter((node) => layerDefinition(node.type)?.traits.role === "input").map((node) => node.id));
  return design.graph.edges.find((edge) => inputs.has(edge.source))?.target ?? null;
}

const MARKS = 5;

/** Round numbers along an axis, and how far along each stands. */
function marksOf(axis: readonly number[]): { mark: number; text: string; share: number }[] {
  const domain: Domain = [axis[0] ?? 0, axis.at(-1) ?? 1];
  const marks = linearTicks(domain, MARKS);
  const written = markFormat(marks);
  return marks.map((mark) => ({ mark, text: written(mark), share: place(mark, domain, false) }));
}

interface RunSurfaceProps {
  readonly run: Run;
  readonly design: DesignDocument;
  /** As it was at its end; left out: that of the trained model; null: there is none yet. */
  readonly epoch?: number | undefined | null;
}

export function RunSurface({ run, design, epoch }: RunSurfaceProps) {
  const t = useText();
  const theme = useSession((state) => state.theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const at = epoch == null ? {} : { epoch };
  const { value: surface, error } = useAnswer(
    "runs.surface",
    epoch === null ? null : { id: run.id, resolution: RESOLUTION, ...at },
    run.id,
  );
  const layer = firstLayer(design);
  const { value: names } = useAnswer(
    "runs.weights",
    layer === null || epoch === null ? null : { id: run.id, node_id: layer, ...at },
    run.id,
  );
  const classes = names?.classes ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  const colours = useMemo(readColours, [theme]);
  const probability = givesProbability(design) && classes.length <= 2;
  const scale = useMemo(
    () => (surface === null ? null : scaleOf(surface, classes.length === 0 ? null : classes.length, probability)),
    [surface, classes.length, probability],
  );
  useEffect(() => {
    if (canvas.current !== null && surface !== null && scale !== null) drawSurface(canvas.current, surface, scale, colours);
  }, [surface, scale, colours]);
  if (epoch === null) return null;
  if (error !== null) return <Failure error={error} />;
  if (surface === null || scale === null) return <Busy what={t("common.loading")} />;
  const titleOf = ({ name, own_units }: Surface["x_axis"]): string => (own_units ? name : t("surface.prepared", { name }));
  const [x, y] = [titleOf(surface.x_axis), titleOf(surface.y_axis)];
  return (
    <div className="run-surface">
      <p className="muted">{t("surface.text")}</p>
      <div className="surface-frame">
        <span className="surface-y" title={y}>
          {y}
        </span>
        <canvas ref={canvas} width={CANVAS_PIXELS} height={CANVAS_PIXELS} role="img" aria-label={t("surface.described", { x, y })} />
        <span className="surface-ticks-y number">
          {marksOf(surface.y).map(({ mark, text, share }) => (
            <span key={mark} style={{ bottom: `${100 * share}%` }}>
              {text}
            </span>
          ))}
        </span>
        <span className="surface-ticks-x number">
          {marksOf(surface.x).map(({ mark, text, share }) => (
            <span key={mark} style={{ left: `${100 * share}%` }}>
              {text}
            </span>
          ))}
        </span>
        <span className="surface-x clip" title={x}>
          {x}
        </span>
      </div>
      <Legend scale={scale} colours={colours} classes={classes} probability={probability} />
    </div>
  );
}

interface LegendProps {
  scale: SurfaceScale;
  colours: SurfaceColours;
  classes: readonly string[];
  probability: boolean;
}

const SHAPE_SIGNS = { circle: "●", square: "■", triangle: "▲", diamond: "◆" } as const;

function Legend({ scale, colours, classes, probability }: LegendProps) {
  const t = useText();
  const labels =
    scale.kind === "classes"
      ? classes.map((name, label) => ({ name, label }))
      : probability
        ? classes.map((name, label) => ({ name, label }))
        : [];
  return (
    <div className="surface-legend">
      {scale.kind === "range" && (
        <span className="surface-scale number">
          {formatFigure(scale.low)}
          <i
            style={{
              background: `linear-gradient(to right, ${[0, 0.5, 1].map((share) => css(colourOf(scale.low + share * (scale.high - scale.low), scale, colours, 1))).join(", ")})`,
            }}
          />
          {formatFigure(scale.high)}
          <span className="muted">{probability ? t("surface.probability", { name: classes[1] ?? "" }) : t("surface.value")}</span>
        </span>
      )}
      {labels.map(({ name, label }) => (
        <span key={name}>
          <b style={{ color: css(colourOf(label, scale, colours, 1)) }} aria-hidden="true">
            {SHAPE_SIGNS[shapeOf(label, scale)]}
          </b>
          {t("surface.class", { name })}
        </span>
      ))}
      <span>
        <i className="surface-point" />
        {t("surface.training")}
      </span>
      <span>
        <i className="surface-point held-out" />
        {t("surface.validation")}
      </span>
    </div>
  );
}
