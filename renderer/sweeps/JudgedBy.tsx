/** By which figure a search's runs are looked at: that of its plan unless another is chosen, with a word where that one compares nothing. */
import type { SweepPlan } from "../../core/sweeps/plan.ts";
import { figureTitle } from "../training/chart-words.ts";
import { Button } from "../ui/Button.tsx";
import { InlineSelect } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { hasUnlikeLosses, isLoss } from "./unlike-losses.ts";

interface JudgedByProps {
  readonly plan: SweepPlan;
  readonly figure: string;
  readonly figures: readonly string[];
  readonly onChange: (figure: string) => void;
}

export function JudgedBy({ plan, figure, figures, onChange }: JudgedByProps) {
  const t = useText();
  const other = figures.find((name) => name.startsWith("val_") && !isLoss(name));
  const unlike = hasUnlikeLosses(figure, plan.dimensions);
  return (
    <div className="group-judged">
      <InlineSelect
        label={t("sweep.monitor")}
        value={figure}
        options={[...new Set([figure, plan.monitor, ...figures])].map((name) => ({ value: name, label: figureTitle(name, t) }))}
        onChange={onChange}
      />
      {unlike && (
        <p className="sweep-unlike" role="status">
          <Icon name="warning" />
          <span>{t("sweep.unlike_losses")}</span>
          {other !== undefined && (
            <Button small onClick={() => onChange(other)}>
              {t("sweep.judge_by", { figure: figureTitle(other, t) })}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
