/** At the foot of a layer while signals are on: the histogram of its activations, and the size of the gradient that comes back. */
import { memo } from "react";
import { useCanvas } from "../canvas/canvas-state.ts";
import { useSignals } from "../state/signals.ts";
import { useText } from "../ui/texts.ts";
import "./insight.css";
import { longFinding, shortFinding, signalNumber } from "./finding-words.ts";

export const SignalStrip = memo(function SignalStrip({ nodeId }: { readonly nodeId: string }) {
  const t = useText();
  const far = useCanvas((state) => state.far);
  // What cannot be read is not drawn, four times a second on every layer.
  const layer = useSignals((state) => (far ? undefined : state.layers.get(nodeId)));
  const finding = useSignals((state) => state.findings.get(nodeId));
  if (layer === undefined) return null;
  const { activations, gradientSize, parameters } = layer;
  const gradient = parameters[0]?.gradientSize ?? gradientSize;
  const title = t("signals.strip", {
    mean: signalNumber(activations.mean),
    deviation: signalNumber(activations.deviation),
    min: signalNumber(activations.min),
    max: signalNumber(activations.max),
  });
  return (
    <div className={`signal-strip ${finding?.fault ?? ""}`} title={finding === undefined ? title : longFinding(finding, t)}>
      <Histogram counts={activations.histogram} width={finding === undefined ? WIDE : NARROW} />
      <span>
        {finding === undefined
          ? gradient === null
            ? ""
            : `∇ ${signalNumber(gradient)}`
          : `${shortFinding(finding, t)} ∇ ${signalNumber(gradient)}`}
      </span>
    </div>
  );
});

/** In CSS pixels; narrow beside the words of a finding. */
const WIDE = 72;
const NARROW = 36;
const HEIGHT = 16;

function Histogram({ counts, width }: { readonly counts: readonly number[]; readonly width: number }) {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  // One path for all bars: four times a second on every layer.
  const path = counts.map((count, i) => `M${i * step} ${HEIGHT}h${step * 0.8}v${-(count / most) * HEIGHT}h${-step * 0.8}z`).join("");
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
