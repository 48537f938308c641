/** Of a node of a graph: what the prediction hangs on among its links, the strongest first. */
import { formatCount, formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { arrayOf, type LookAnswer } from "../look-answer.ts";
import type { ExplainedNumber } from "../look-question.ts";
import { Bars } from "./Bars.tsx";
import { Explained } from "./Explained.tsx";

interface NeighboursProps {
  readonly look: LookAnswer;
  readonly explained: ExplainedNumber | null;
  readonly onExplain: (explained: ExplainedNumber | null) => void;
}

export function Neighbours({ look, explained, onExplain }: NeighboursProps) {
  const t = useText();
  const [effects, weights] = [arrayOf(look, "neighbours"), arrayOf(look, "weights")];
  const { neighbours = [] } = look.labels;
  if (effects === null || weights === null) return null;
  const count = look.figures["links"] ?? 0;
  return (
    <div className="inside-stack">
      <div className="inside-row">
        <Explained look={look} chosen={explained} onExplain={onExplain} />
      </div>
      {neighbours.length === 0 && <p className="muted">{t("inside.no_neighbours")}</p>}
      <Bars
        values={effects.values}
        nameOf={(place) => t("inside.neighbour", { name: neighbours[place] ?? "", weight: formatFigure(weights.values[place] ?? null, 3) })}
        label={t("inside.view.neighbours")}
      />
      {neighbours.length < count && (
        <p className="faint">{t("inside.neighbours_more", { shown: formatCount(neighbours.length), count: formatCount(count) })}</p>
      )}
    </div>
  );
}
