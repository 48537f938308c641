/** At the foot of a layer while signals are on: the histogram of its activations, and the size of the gradient that comes back. */
import { memo } from "react";
import { useSignals } from "../state/signals.ts";
import { useText } from "../ui/texts.ts";
import "./insight.css";
import { longFinding, shortFinding, signalNumber } from "./finding-words.ts";

export const SignalStrip = memo(function SignalStrip({ nodeId }: { readonly nodeId: string }) {
  const t = useText();
  const layer = useSignals((state) => state.layers.get(nodeId));
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
      <Histogram counts={activations.histogram} />
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

const WIDTH = 72;
const HEIGHT = 16;

function Histogram({ counts }: { readonly counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  const step = WIDTH / counts.length;
  // One path for all bars: four times a second on every layer.
  const path = counts.map((count, i) => `M${i * step} ${HEIGHT}h${step - 0.6}v${-(count / most) * HEIGHT}h${-(step - 0.6)}z`).join("");
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
