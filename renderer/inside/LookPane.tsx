/** One view of one layer: asks for it, keeps the drawing before until the next is there, and says what it shows. */
import { useState } from "react";
import type { ViewName } from "../../core/insight/inside/look.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { useAnswer } from "../state/use-answer.ts";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { Activations } from "./drawings/Activations.tsx";
import { AttentionMaps } from "./drawings/AttentionMaps.tsx";
import { Boundaries } from "./drawings/Boundaries.tsx";
import { FeatureMaps } from "./drawings/FeatureMaps.tsx";
import { Filters } from "./drawings/Filters.tsx";
import { Gates } from "./drawings/Gates.tsx";
import { InputEffects } from "./drawings/InputEffects.tsx";
import { Neighbours } from "./drawings/Neighbours.tsx";
import { TimeGradient } from "./drawings/TimeGradient.tsx";
import { VectorPlanes } from "./drawings/VectorPlanes.tsx";
import { WeightHistory } from "./drawings/WeightHistory.tsx";
import { WeightSpreads } from "./drawings/WeightSpreads.tsx";
import { type LookAnswer, readLook } from "./look-answer.ts";
import { type ExplainedNumber, type GivenRow, type LookMoment, type PlaneOfInput, useLiveRounds } from "./look-question.ts";

interface LookPaneProps {
  readonly run: Run;
  readonly nodeId: string;
  readonly view: ViewName;
  readonly moment: LookMoment;
  readonly row: number;
  /** In place of the row. */
  readonly given: GivenRow | null;
  /** Null: the class that the row is taken for. */
  readonly explained: ExplainedNumber | null;
  readonly onExplain: (explained: ExplainedNumber | null) => void;
  /** Null: the first two numbers that come in. */
  readonly plane: PlaneOfInput | null;
  readonly onPlane: (plane: PlaneOfInput) => void;
}

export function LookPane(props: LookPaneProps) {
  const { run, nodeId, view, moment, row, given, explained, plane } = props;
  const t = useText();
  const live = moment.live === true;
  const [kept, setKept] = useState<{ readonly subject: string; readonly from: unknown; readonly look: LookAnswer } | null>(null);
  const [last, setLast] = useState<unknown>(null);
  const round = useLiveRounds(run, live, last);
  const question = {
    run_id: run.id,
    node_id: nodeId,
    view,
    row,
    ...moment,
    ...(given === null ? {} : { given }),
    ...(explained === null || !EXPLAINS.has(view) ? {} : { explained }),
    ...(plane === null || view !== "boundaries" ? {} : { plane }),
  };
  const answer = useAnswer("inside.look", question, undefined, round);
  const { value, error, pending } = answer;
  if ((value ?? error) !== null && (value ?? error) !== last) setLast(value ?? error);
  const subject = `${run.id} ${nodeId} ${view}`;
  if (value !== null && kept?.from !== value) setKept({ subject, from: value, look: readLook(value) });
  const look = kept?.subject === subject ? kept.look : null;
  return (
    <section className={EXPLAINS.has(view) ? "look-pane explains" : "look-pane"} aria-label={t(`inside.view.${view}`)} aria-busy={pending}>
      <p className="muted look-text">{t(`inside.text.${view}`)}</p>
      {live && look?.at != null && (
        <p className="number look-at">{t("inside.live_at", { epoch: formatCount(look.at.epoch), step: formatCount(look.at.step) })}</p>
      )}
      {(error !== null || look === null) && <LongState answer={answer} what={t("common.loading")} />}
      {error === null && look !== null && <Drawing {...props} look={look} />}
      {view === "weights" && <WeightHistory runId={run.id} nodeId={nodeId} epoch={moment.epoch} />}
    </section>
  );
}

const EXPLAINS: ReadonlySet<ViewName> = new Set(["saliency", "occlusion", "neighbours"]);

function Drawing({ run, nodeId, view, moment, look, explained, onExplain, onPlane }: LookPaneProps & { readonly look: LookAnswer }) {
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
      return <VectorPlanes look={look} runId={run.id} nodeId={nodeId} moment={moment} />;
    case "activations":
      return <Activations look={look} />;
    case "weights":
      return <WeightSpreads look={look} />;
    case "saliency":
    case "occlusion":
      return <InputEffects look={look} view={view} explained={explained} onExplain={onExplain} />;
    case "neighbours":
      return <Neighbours look={look} explained={explained} onExplain={onExplain} />;
    case "boundaries":
      return <Boundaries look={look} onPlane={onPlane} />;
    default:
      return view satisfies never;
  }
}
