/**
 * The small live figure of a help card: the layer with its own options, run on a made-up sample. It plays by itself unless
 * the person has asked for less motion; by key and by button it stops and goes step by step.
 */
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { type FigureData, figureData } from "../../../core/figures/figure-data.ts";
import type { LayerFigure as FigureOfLayer } from "../../../core/layers/figure.ts";
import type { Language, LayerDefinition } from "../../../core/layers/layer.ts";
import { IconButton } from "../../ui/Button.tsx";
import { wantsLessMotion } from "../../ui/motion.ts";
import { useLanguage, useText } from "../../ui/texts.ts";
import { figureKinds } from "./figure-kinds.tsx";
import "./figures.css";

const FRAME_MS = 700;

interface LayerFigureProps {
  readonly definition: LayerDefinition;
  readonly figure: FigureOfLayer;
  /** Options of the node, as the document has them. */
  readonly options: Readonly<Record<string, unknown>>;
}

export function LayerFigure({ definition, figure, options }: LayerFigureProps) {
  const t = useText();
  const language = useLanguage();
  const data = useMemo(() => figureData(definition, figure, options), [definition, figure, options]);
  return (
    <section className="layer-figure" aria-label={t("figure.title")}>
      <Player data={data} />
      {data.example !== null && <p className="muted">{t("figure.example", { options: wordsOf(data.example, definition, language) })}</p>}
      {data.byDefaults && <p className="muted">{t("figure.by_defaults")}</p>}
    </section>
  );
}

/** "L1 0.5, L2 0.1" */
function wordsOf(options: Readonly<Record<string, unknown>>, { texts }: LayerDefinition, language: Language): string {
  return Object.entries(options)
    .map(([name, value]) => `${texts[language].fields[name]?.label ?? name} ${String(value)}`)
    .join(", ");
}

function Player({ data }: { readonly data: FigureData }) {
  const t = useText();
  const language = useLanguage();
  const [playing, setPlaying] = useState(() => !wantsLessMotion());
  const [at, setAt] = useState(0);
  const { frames } = data;
  // Options were changed: there may be fewer steps now.
  const frame = Math.min(at, frames - 1);
  useEffect(() => {
    if (!playing || frames < 2) return;
    const timer = setInterval(() => setAt((before) => (before + 1) % frames), FRAME_MS);
    return () => clearInterval(timer);
  }, [playing, frames]);
  const go = (steps: number): void => {
    setPlaying(false);
    setAt((frame + steps + frames) % frames);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else if (event.key === " " && event.target === event.currentTarget) setPlaying((before) => !before);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { Drawing, alt, caption } = figureKinds[data.figure.kind];
  const moves = frames > 1;
  return (
    <>
      <div
        className="figure-drawing"
        role="img"
        aria-label={moves ? `${alt({ data, t, language })} ${t("figure.keys")}` : alt({ data, t, language })}
        {...(moves ? { tabIndex: 0, onKeyDown } : {})}
      >
        <Drawing data={data} frame={frame} t={t} />
      </div>
      {moves && (
        <div className="figure-controls">
          <IconButton
            small
            icon={playing ? "pause" : "play"}
            label={t(playing ? "figure.pause" : "figure.play")}
            onClick={() => setPlaying(!playing)}
          />
          <IconButton small icon="chevronRight" className="figure-back" label={t("figure.previous")} onClick={() => go(-1)} />
          <IconButton small icon="chevronRight" label={t("figure.next")} onClick={() => go(1)} />
          <span className="muted figure-caption">{caption({ data, frame, t })}</span>
        </div>
      )}
    </>
  );
}
