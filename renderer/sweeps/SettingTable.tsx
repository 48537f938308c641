/** Settings of a sweep over their seeds: mean and deviation, the best first, and whether the others differ from it by more than chance. */
import { useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import type { RankedSetting } from "../../core/sweeps/group-figures.ts";
import { Chance, SURE } from "../compare/Chance.tsx";
import { figureTitle } from "../training/chart-words.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { type GroupOption, valueText } from "./group-options.ts";

/** Until all are asked for. */
const FIRST = 5;

interface SettingTableProps {
  settings: readonly RankedSetting<Run>[];
  /** What was searched, without the seed. */
  options: readonly GroupOption[];
  figure: string;
  onOpen: (runId: string) => void;
}

export function SettingTable({ settings, options, figure, onOpen }: SettingTableProps) {
  const t = useText();
  const [all, setAll] = useState(false);
  const shown = all ? settings : settings.slice(0, FIRST);
  return (
    <section className="group-summary" aria-label={t("groups.settings")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("groups.setting")}</th>
            {options.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t("groups.setting_seeds")}</th>
            <th scope="col">{t("groups.setting_mean", { figure: figureTitle(figure, t) })}</th>
            <th scope="col">{t("groups.p")}</th>
            <th scope="col">{t("groups.setting_best")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((setting, place) => (
            <tr key={JSON.stringify(setting.options)}>
              <th scope="row">{place + 1}</th>
              {options.map((option) => (
                <td key={option.key} className="number">
                  {valueText(setting.options[option.key], option)}
                </td>
              ))}
              <td className="number">{setting.summary.count}</td>
              <td className="number">
                {setting.summary.deviation === null
                  ? formatFigure(setting.summary.mean)
                  : t("groups.spread", {
                      mean: formatFigure(setting.summary.mean),
                      deviation: formatFigure(setting.summary.deviation, 2),
                    })}
              </td>
              <td className="number">
                <Chance p={setting.p} />
              </td>
              <td>
                <button type="button" className="link" onClick={() => onOpen(setting.best.id)}>
                  {setting.best.name}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {settings.length > FIRST && (
        <Button small onClick={() => setAll(!all)}>
          {all ? t("groups.settings_few", { count: FIRST }) : t("groups.settings_all", { count: formatCount(settings.length) })}
        </Button>
      )}
      <Sureness settings={settings} />
    </section>
  );
}

/** Whether the first is the best by more than chance, in words. */
function Sureness({ settings: [first, ...others] }: { settings: readonly RankedSetting<Run>[] }) {
  const t = useText();
  if (first === undefined || others.length === 0) return null;
  const alike = others.filter(({ p }) => p === null || p >= SURE).length;
  return (
    <p className="muted" role="status">
      {alike === 0 ? t("groups.settings_sure") : t("groups.settings_alike", { count: formatCount(alike) })} {t("groups.settings_help")}
    </p>
  );
}
