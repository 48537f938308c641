/** What every unit gives: bars for a number a unit, a map for a number a unit and step. */
import { useMemo } from "react";
import { useText } from "../../ui/texts.ts";
import { HeatLegend, HeatMap } from "../HeatMap.tsx";
import { heatScale } from "../heat-scale.ts";
import { arrayOf, type LookAnswer, type LookArray, transposed } from "../look-answer.ts";
import { Bars } from "./Bars.tsx";

export function Activations({ look }: { look: LookAnswer }) {
  const t = useText();
  const found = arrayOf(look, "activations");
  if (found === null) return null;
  const { units, steps = null } = look.labels;
  if (found.shape.length === 2) return <OverSteps found={found} steps={steps} />;
  const nameOf = (place: number): string => units?.[place] ?? steps?.[place] ?? t("inside.unit_number", { number: place + 1 });
  return <Bars values={found.values} nameOf={nameOf} label={t("inside.view.activations")} />;
}

function OverSteps({ found, steps }: { found: LookArray; steps: readonly string[] | null }) {
  const t = useText();
  const scale = useMemo(() => heatScale("signed", found.values), [found]);
  const matrix = useMemo(() => transposed(found), [found]);
  return (
    <div className="inside-stack">
      <HeatLegend scale={scale} />
      <HeatMap
        matrix={matrix}
        scale={scale}
        label={t("inside.view.activations")}
        columnNames={steps}
        rowWord={t("inside.word.unit")}
        columnWord={t("inside.word.step")}
        axes={{ rows: t("inside.word.unit"), columns: t("inside.word.step") }}
        width={520}
        cell={Math.max(0.2, (520 / matrix.columns) * (matrix.rows / 200))}
      />
    </div>
  );
}
