/** Makes an ensemble of the chosen runs; it appears in the list as a run of its own. */
import { ENSEMBLE_RULES, type EnsembleRule } from "../../core/ensembles/ensemble.ts";
import { errorData } from "../../core/errors.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { CANCELLED, useWork } from "../export/use-work.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { Menu } from "../ui/Menu.tsx";
import { Progress } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";

export function CombineButton({ chosen, onMade }: { chosen: readonly ListedRun[]; onMade: (run: ListedRun) => void }) {
  const t = useText();
  const { work, startWatched } = useWork<void>();
  const able = chosen.filter((run) => run.has_model);
  const make = async (task_id: string, rule: EnsembleRule): Promise<void> => {
    const name = t("ensemble.name", { rule: t(`ensemble.short.${rule}`), count: formatCount(able.length) });
    const input = { task_id, ids: able.map(({ id }) => id), rule, name };
    onMade((await host().call("ensembles.create", input)).run);
  };
  if (work.state === "busy")
    return (
      <span className="combine-busy" role="status">
        <Progress value={work.progress ?? 0} label={t("ensemble.working")} width={80} />
        {t("ensemble.working")}
        <Button small onClick={work.cancel}>
          {t("common.cancel")}
        </Button>
      </span>
    );
  if (able.length < 2 || able.length < chosen.length)
    return (
      <Button aria-disabled title={t("ensemble.combine_hint")}>
        {t("ensemble.combine")}
      </Button>
    );
  // Of a failure a toast tells, as of every act of the list.
  const started = (rule: EnsembleRule) => () =>
    startWatched((taskId) =>
      make(taskId, rule).catch((error: unknown) => {
        if (errorData(error).code !== CANCELLED) report(error);
      }),
    );
  return (
    <Menu
      trigger={<Button>{t("ensemble.combine")}</Button>}
      entries={ENSEMBLE_RULES.map((rule) => ({ label: t(`ensemble.rule.${rule}`), onSelect: started(rule) }))}
    />
  );
}
