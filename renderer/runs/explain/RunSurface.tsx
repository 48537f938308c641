/** The decision boundary or fitted surface of a network over two columns of its table, drawn on a canvas element, with its choices and legend. */
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { useSession } from "../../state/session.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { place } from "../../training/axes.ts";
import { axisMarks } from "../../training/date-axis.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { clipped } from "../Plot.tsx";
import { type DrawnRows, type SurfaceAsk, SurfaceChoices } from "./SurfaceChoices.tsx";
import { SurfaceHeld } from "./SurfaceHeld.tsx";
import { SurfaceLegend } from "./SurfaceLegend.tsx";
import { type Colour, domainOf, drawSurface, type Surface, type SurfaceAxis, type SurfaceColours, scaleOf } from "./surface-drawing.ts";
import "./surface.css";

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

/** Of words so many are named, in so many letters together. */
const MOST_NAMED = 12;
const LETTERS = { across: 56, up: 8 } as const;

/** Round numbers along an axis, or words in the middle of their stripes, and how far along each stands. */
function marksOf(axis: SurfaceAxis, values: readonly number[], way: keyof typeof LETTERS): { text: string; share: number }[] {
  const domain = domainOf(axis, values);
  const { words } = axis;
  if (words === null)
    return axisMarks(domain, axis.kind === "date").map(({ value, text }) => ({ text, share: place(value, domain, false) }));
  const most = way === "up" ? LETTERS.up : Math.max(3, Math.floor(LETTERS.across / Math.min(words.length, MOST_NAMED)));
  const each = Math.ceil(words.length / MOST_NAMED);
  return words.flatMap((word, k) => (k % each === 0 ? [{ text: clipped(word, most), share: (k + 0.5) / words.length }] : []));
}

interface RunSurfaceProps {
  readonly run: Run;
  readonly design: DesignDocument;
  /** As it was at its end; left out: that of the trained model; null: there is none yet. */
  readonly epoch?: number | undefined | null;
  /** In a low pane: the columns are all that can be chosen. */
  readonly compact?: boolean;
}

const NOTHING: SurfaceAsk = { node_id: null, target: null, x: null, y: null, row: null };

export function RunSurface({ run, design, epoch, compact = false }: RunSurfaceProps) {
  const t = useText();
  const theme = useSession((state) => state.theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [ask, setAsk] = useState(NOTHING);
  const [rows, setRows] = useState<DrawnRows>("both");
  const at = epoch == null ? {} : { epoch };
  // The columns that matter at one epoch are drawn at the others too: they would change under the slider.
  const [usual, setUsual] = useState<{ readonly epoch: number | undefined; readonly x: string; readonly y: string } | null>(null);
  const { x, y } = usual === null || usual.epoch === (epoch ?? undefined) ? NOTHING : usual;
  const question = { ...ask, x: ask.x ?? x, y: ask.y ?? y };
  const answer = useLongAnswer(
    "runs.surface",
    epoch === null ? null : { id: run.id, resolution: RESOLUTION, ...at, ...question },
    0,
    run.id,
  );
  const surface = answer.value;
  // What can be chosen stays where a choice was refused: else there was no way back.
  const [last, setLast] = useState<{ readonly id: string; readonly surface: Surface } | null>(null);
  if (surface !== null && last?.surface !== surface) setLast({ id: run.id, surface });
  const offered = surface ?? (last?.id === run.id ? last.surface : null);
  if (surface !== null && usual === null) setUsual({ epoch: epoch ?? undefined, x: surface.x_axis.name, y: surface.y_axis.name });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  const colours = useMemo(readColours, [theme]);
  const scale = useMemo(() => (surface === null ? null : scaleOf(surface)), [surface]);
  useEffect(() => {
    if (canvas.current === null || surface === null || scale === null) return;
    const points = surface.points.filter(({ validation }) => rows === "both" || rows === (validation ? "validation" : "training"));
    drawSurface(canvas.current, surface, scale, colours, points);
  }, [surface, scale, colours, rows]);
  if (epoch === null) return null;
  const choices = offered !== null && (!compact || offered.columns.length > 2) && (
    <SurfaceChoices
      run={run}
      columns={design.data?.columns}
      surface={offered}
      ask={ask}
      onAsk={setAsk}
      rows={rows}
      onRows={setRows}
      compact={compact}
    />
  );
  return (
    <div className="run-surface">
      {!compact && choices}
      <LongState answer={answer} what={t("surface.working")} over />
      {compact && surface === null && choices}
      {surface !== null && scale !== null && (
        <>
          {surface.columns.length === 2 && <p className="muted">{t("surface.text")}</p>}
          <Frame canvas={canvas} surface={surface} />
          <div className="surface-side">
            {compact && choices}
            <SurfaceLegend surface={surface} scale={scale} colours={colours} rows={rows} />
            <SurfaceHeld surface={surface} drawn={rows !== "none"} />
          </div>
        </>
      )}
    </div>
  );
}

function Frame({ canvas, surface }: { canvas: RefObject<HTMLCanvasElement | null>; surface: Surface }) {
  const t = useText();
  const { x_axis: xAxis, y_axis: yAxis } = surface;
  const [x, y] = [xAxis.name, yAxis.name];
  return (
    <div className="surface-frame">
      <span className="surface-y" title={y}>
        {y}
      </span>
      <canvas ref={canvas} width={CANVAS_PIXELS} height={CANVAS_PIXELS} role="img" aria-label={t("surface.described", { x, y })} />
      <span className="surface-ticks-y number">
        {marksOf(yAxis, surface.y, "up").map(({ text, share }) => (
          <span key={share} style={{ bottom: `${100 * share}%` }}>
            {text}
          </span>
        ))}
      </span>
      <span className="surface-ticks-x number">
        {marksOf(xAxis, surface.x, "across").map(({ text, share }) => (
          <span key={share} style={{ left: `${100 * share}%` }}>
            {text}
          </span>
        ))}
      </span>
      <span className="surface-x clip" title={x}>
        {x}
      </span>
    </div>
  );
}
