/** The vectors of a layer in a plane, by principal components or by UMAP: the second takes a while, says how far it is, and can be ended. */
import { type ReactNode, useMemo, useState } from "react";
import { decodeNumbers } from "../../../core/export/json/numbers.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { arrayOf, type LookAnswer } from "../look-answer.ts";
import type { LookMoment } from "../look-question.ts";
import { Vectors } from "./Vectors.tsx";

type Method = "principal_components" | "umap";
const METHODS = ["principal_components", "umap"] as const;

interface VectorPlanesProps {
  readonly look: LookAnswer;
  readonly runId: string;
  readonly nodeId: string;
  readonly moment: LookMoment;
}

export function VectorPlanes({ look, runId, nodeId, moment }: VectorPlanesProps) {
  const t = useText();
  const [method, setMethod] = useState<Method>("principal_components");
  // Weights that change several times a second would never be laid out to the end.
  const live = moment.live === true;
  const choice = (
    <Field label={t("inside.plane")}>
      {(control) => (
        <Select
          {...control}
          value={live ? "principal_components" : method}
          options={METHODS.filter((one) => one !== "umap" || !live).map((value) => ({ value, label: t(`inside.plane.${value}`) }))}
          onChange={setMethod}
        />
      )}
    </Field>
  );
  if (method === "umap" && !live) return <UmapPlane look={look} runId={runId} nodeId={nodeId} moment={moment} choice={choice} />;
  return (
    <>
      <PrincipalPlane look={look} choice={choice} />
      {live && <p className="muted">{t("inside.umap_not_live")}</p>}
    </>
  );
}

interface Chosen {
  readonly choice: ReactNode;
}

function PrincipalPlane({ look, choice }: Pick<VectorPlanesProps, "look"> & Chosen) {
  const t = useText();
  const points = arrayOf(look, "points");
  if (points === null) return null;
  const { vectors = 0, width = 0, explained_first: first = 0, explained_second: second = 0 } = look.figures;
  const percent = (share: number | null): string => ((share ?? 0) * 100).toFixed(1);
  const text = t("inside.vectors_text", {
    shown: formatCount(points.values.length / 2),
    count: formatCount(vectors ?? 0),
    width: formatCount(width ?? 0),
    first: percent(first),
    second: percent(second),
  });
  return <Vectors points={points.values} names={look.labels["indices"] ?? null} text={text} choice={choice} />;
}

function UmapPlane({ look, runId, nodeId, moment, choice }: VectorPlanesProps & Chosen) {
  const t = useText();
  const asked = { run_id: runId, node_id: nodeId, ...(moment.epoch === undefined ? {} : { epoch: moment.epoch }) };
  const answer = useLongAnswer("inside.umap", asked);
  const { value } = answer;
  const points = useMemo(() => (value === null ? null : decodeNumbers(value.points, "points")), [value]);
  if (points === null || value === null)
    return (
      <div className="inside-stack">
        <div className="inside-row">{choice}</div>
        <LongState answer={answer} what={t("inside.umap_working")} />
      </div>
    );
  const text = t("inside.umap_text", {
    shown: formatCount(points.length / 2),
    count: formatCount(look.figures["vectors"] ?? 0),
    neighbours: formatCount(value.neighbours),
  });
  return <Vectors points={points} names={look.labels["indices"] ?? null} text={text} choice={choice} />;
}
