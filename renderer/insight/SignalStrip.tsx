/**
 * At the foot of a layer while signals are on: the histogram of its activations, how many units are dead or saturated, and the
 * size of the gradient that comes back.
 */
import { memo } from "react";
import { type SignalFault, strongestGradient } from "../../core/insight/judge-signals.ts";
import type { LayerSignals } from "../../core/insight/signals.ts";
import { useCanvas } from "../canvas/canvas-state.ts";
import { useSignals } from "../state/signals.ts";
import { type Translate, useText } from "../ui/texts.ts";
import "./insight.css";
import { longFinding, sharePercent, shortFinding, signalNumber } from "./finding-words.ts";

export const SignalStrip = memo(function SignalStrip({ nodeId }: { readonly nodeId: string }) {
  const t = useText();
  const far = useCanvas((state) => state.far);
  // What cannot be read is not drawn, four times a second on every layer.
  const layer = useSignals((state) => (far ? undefined : state.layers.get(nodeId)));
  const finding = useSignals((state) => state.findings.get(nodeId));
  if (layer === undefined) return null;
  const { activations, gradientSize } = layer;
  const gradient = strongestGradient(layer) ?? gradientSize;
  const title = t("signals.strip", {
    mean: signalNumber(activations.mean),
    deviation: signalNumber(activations.deviation),
    min: signalNumber(activations.min),
    max: signalNumber(activations.max),
  });
  const share = shareOf(layer, t);
  // A layer has room for two: what is wrong stands in the place of the share, or is the share itself.
  const first = finding === undefined || (share !== "" && isShare(finding.fault)) ? share : shortFinding(finding, t);
  const shown = [first, gradient === null ? "" : `∇ ${signalNumber(gradient)}`];
  return (
    <div
      className={`signal-strip ${finding?.fault ?? ""}`}
      title={finding === undefined ? [title, longShare(layer, t)].filter(Boolean).join(" ") : longFinding(finding, t)}
    >
      <Histogram counts={activations.histogram} width={finding === undefined && share === "" ? WIDE : NARROW} />
      <span>{shown.filter(Boolean).join(" ")}</span>
    </div>
  );
});

const isShare = (fault: SignalFault): boolean => fault === "dead" || fault === "saturated";

/** How many of a layer's units are dead, or of its activations saturated: of an activation that can be. */
function shareOf({ dead, saturated }: LayerSignals, t: Translate): string {
  if (dead !== null) return t("signals.dead_share", { share: sharePercent(dead) });
  return saturated === null ? "" : t("signals.saturated_share", { share: sharePercent(saturated) });
}

function longShare({ dead, saturated }: LayerSignals, t: Translate): string {
  if (dead !== null) return t("signals.dead_share_text", { share: sharePercent(dead) });
  return saturated === null ? "" : t("signals.saturated_share_text", { share: sharePercent(saturated) });
}

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
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
