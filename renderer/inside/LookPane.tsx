/** One view of one layer: asks for it, keeps the drawing before until the next is there, and says what it shows. */
import { useState } from "react";
import type { ViewName } from "../../core/insight/inside/look.ts";
import { useAnswer } from "../runs/use-answer.ts";
import { Busy, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { Activations } from "./drawings/Activations.tsx";
import { AttentionMaps } from "./drawings/AttentionMaps.tsx";
import { Boundaries } from "./drawings/Boundaries.tsx";
import { FeatureMaps } from "./drawings/FeatureMaps.tsx";
import { Filters } from "./drawings/Filters.tsx";
import { Gates } from "./drawings/Gates.tsx";
import { InputEffects } from "./drawings/InputEffects.tsx";
import { TimeGradient } from "./drawings/TimeGradient.tsx";
import { Vectors } from "./drawings/Vectors.tsx";
import { WeightHistory } from "./drawings/WeightHistory.tsx";
import { WeightSpreads } from "./drawings/WeightSpreads.tsx";
import { type LookAnswer, readLook } from "./look-answer.ts";

interface LookPaneProps {
  readonly runId: string;
  readonly nodeId: string;
  readonly view: ViewName;
  readonly row: number;
  readonly epoch: number | undefined;
}

export function LookPane({ runId, nodeId, view, row, epoch }: LookPaneProps) {
  const t = useText();
  const { value, error } = useAnswer("inside.look", {
    run_id: runId,
    node_id: nodeId,
    view,
    row,
    ...(epoch === undefined ? {} : { epoch }),
  });
  const subject = `${runId} ${nodeId} ${view}`;
  const [kept, setKept] = useState<{ readonly subject: string; readonly from: typeof value; readonly look: LookAnswer } | null>(null);
  if (value !== null && kept?.from !== value) setKept({ subject, from: value, look: readLook(value) });
  const look = kept?.subject === subject ? kept.look : null;
  return (
    <section className="look-pane" aria-label={t(`inside.view.${view}`)} aria-busy={value === null && error === null}>
      <p className="muted look-text">{t(`inside.text.${view}`)}</p>
      {error !== null && <Failure error={error} />}
      {error === null && look === null && <Busy what={t("common.loading")} />}
      {error === null && look !== null && <Drawing view={view} look={look} />}
      {view === "weights" && <WeightHistory runId={runId} nodeId={nodeId} epoch={epoch} />}
    </section>
  );
}

function Drawing({ view, look }: { view: ViewName; look: LookAnswer }) {
  switch (view) {
    case "filters":
      return <Filters look={look} />;
    case "feature_maps":
      return <FeatureMaps look={look} />;
    case "attention_maps":
      return <AttentionMaps look={look} />;
    case "gates":
      return <Gates look={look} />;
    case "gradient_by_distance":
      return <TimeGradient look={look} />;
    case "vectors":
      return <Vectors look={look} />;
    case "activations":
      return <Activations look={look} />;
    case "weights":
      return <WeightSpreads look={look} />;
    case "saliency":
    case "occlusion":
      return <InputEffects look={look} view={view} />;
    case "boundaries":
      return <Boundaries look={look} />;
    default:
      return view satisfies never;
  }
}
