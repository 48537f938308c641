/** Folds, seeds or bags of a number of one's own: what the Train menu offers with the usual numbers. */
import { useState } from "react";
import { readTraining } from "../../core/spec/training.ts";
import type { BaggingPlan, GroupPlan } from "../../core/sweeps/plan.ts";
import { trainGroup } from "../shell/acts.ts";
import { useDocument } from "../state/document.ts";
import { closeDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import { NumberBox } from "./DimensionRow.tsx";
import { MOST_MEMBERS, type SeveralKind, severalPlan } from "./several-plan.ts";
import "./sweeps.css";

const KINDS: readonly SeveralKind[] = ["folds", "seeds", "ensemble"];
const RULES: readonly BaggingPlan["rule"][] = ["average", "vote"];
const FEWEST = 2;

export function GroupDialog() {
  const t = useText();
  const train = useDocument((state) => state.design?.train);
  const [kind, setKind] = useState<SeveralKind>("ensemble");
  const [count, setCount] = useState(20);
  const [rule, setRule] = useState<BaggingPlan["rule"]>("average");
  if (train === undefined) return null;
  const most = MOST_MEMBERS[kind];
  const members = Math.min(count, most);
  const { epochs } = readTraining(train);
  const start = (): void => {
    closeDialog();
    const plan: GroupPlan = severalPlan(kind, members, rule);
    trainGroup(plan);
  };
  return (
    <Modal
      title={t("several.title")}
      onClose={closeDialog}
      footer={
        <>
          <span className="muted number">{t("several.count", { count: formatCount(members), epochs: formatCount(epochs) })}</span>
          <span className="spacer" />
          <Button onClick={closeDialog}>{t("common.cancel")}</Button>
          <Button look="primary" onClick={start}>
            {t("sweep.start", { count: formatCount(members) })}
          </Button>
        </>
      }
    >
      <Field label={t("several.kind")} help={t(`several.help.${kind}`)}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`groups.kind.${value}`) }))}
            onChange={setKind}
          />
        )}
      </Field>
      <div className="sweep-row">
        <Field label={t(`several.number.${kind}`)} note={t("several.range", { least: FEWEST, most })}>
          {() => (
            <NumberBox
              key={kind}
              whole
              least={FEWEST}
              most={most}
              label={t(`several.number.${kind}`)}
              value={members}
              onChange={setCount}
            />
          )}
        </Field>
        {kind === "ensemble" && (
          <Field label={t("several.rule")}>
            {(control) => (
              <Select
                {...control}
                value={rule}
                options={RULES.map((value) => ({ value, label: t(`ensemble.rule.${value}`) }))}
                onChange={setRule}
              />
            )}
          </Field>
        )}
      </div>
    </Modal>
  );
}
