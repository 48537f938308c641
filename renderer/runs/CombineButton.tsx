/** Makes an ensemble of the chosen runs; it appears in the list as a run of its own. */
import { useState } from "react";
import { ENSEMBLE_RULES, type EnsembleRule } from "../../core/ensembles/ensemble.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { Menu } from "../ui/Menu.tsx";
import { useText } from "../ui/texts.ts";

export function CombineButton({ chosen, onMade }: { chosen: readonly ListedRun[]; onMade: (run: ListedRun) => void }) {
  const t = useText();
  const [working, setWorking] = useState(false);
  const able = chosen.filter((run) => run.has_model);
  const ready = able.length >= 2 && able.length === chosen.length && !working;
  const make = async (rule: EnsembleRule): Promise<void> => {
    setWorking(true);
    try {
      const name = t("ensemble.name", { rule: t(`ensemble.short.${rule}`), count: formatCount(able.length) });
      onMade((await host().call("ensembles.create", { ids: able.map(({ id }) => id), rule, name })).run);
    } finally {
      setWorking(false);
    }
  };
  if (!ready)
    return (
      <Button aria-disabled title={working ? undefined : t("ensemble.combine_hint")}>
        {t(working ? "ensemble.working" : "ensemble.combine")}
      </Button>
    );
  return (
    <Menu
      trigger={<Button>{t("ensemble.combine")}</Button>}
      entries={ENSEMBLE_RULES.map((rule) => ({ label: t(`ensemble.rule.${rule}`), onSelect: () => void make(rule).catch(report) }))}
    />
  );
}
