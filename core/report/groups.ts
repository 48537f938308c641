/** The section of a report about the groups that its runs are members of: mean and deviation of every figure, and of a sweep each setting over its seeds. */
import { groupTexts } from "../../resources/translations/app/groups.ts";
import { type Language, type TextParams, translate } from "../../resources/translations/translate.ts";
import { choiceWord } from "../graph/choice-words.ts";
import type { DesignDocument } from "../graph/document.ts";
import { automaticName } from "../sweeps/automatic-name.ts";
import { countedRuns, rankedSettings, valuesOf } from "../sweeps/group-figures.ts";
import { type Dimension, dimensionKey, type SweepPlan } from "../sweeps/plan.ts";
import { summaryOf } from "../sweeps/statistics.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { figureOfPart, rankOf, table } from "./parts.ts";
import { number } from "./pictures.ts";
import type { ReportedGroup } from "./reported.ts";
import { settingsOf } from "./settings.ts";
import { wordsOf } from "./words.ts";

export function groupSection(groups: readonly ReportedGroup[], language: Language): Html {
  const shown = groups.filter(({ runs }) => countedRuns(runs).length > 1);
  if (shown.length === 0) return NOTHING;
  const t = wordsOf(language);
  return html`<h2>${t("report.groups")}</h2>${shown.map((one) => {
    const { group, runs } = one;
    const counted = countedRuns(runs).length;
    const name = group.name === automaticName(group.plan) ? automaticTitle(group, language) : group.name;
    return html`<h3>${name}</h3><p class="muted">${t("report.group_runs", { count: counted })}</p>${
      group.plan.kind === "sweep" ? settingTable(one, group.plan, language) : figureTable(one, language)
    }`;
  })}`;
}

const words = (language: Language, key: keyof typeof groupTexts, params: TextParams = {}): string =>
  translate(groupTexts, language, key, params);

function automaticTitle({ plan }: ReportedGroup["group"], language: Language): string {
  switch (plan.kind) {
    case "folds":
      return words(language, "groups.auto.folds", { count: plan.folds });
    case "seeds":
      return words(language, "groups.auto.seeds", { count: plan.seeds.length });
    case "sweep":
      return words(language, `groups.auto.${plan.method}`);
    case "ensemble":
      return words(language, "groups.auto.bags", { count: plan.bags });
    default:
      return plan satisfies never;
  }
}

function figureTable({ runs }: ReportedGroup, language: Language): Html {
  const names = [...new Set(countedRuns(runs).flatMap(({ metrics }) => Object.keys(metrics)))].sort(
    (a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1),
  );
  const heads = (["figure", "mean", "deviation", "interval", "least_most"] as const).map(
    (key) => html`<th scope="col">${words(language, `groups.${key}`)}</th>`,
  );
  return table(
    html`${heads}`,
    names.flatMap((name) => {
      const summary = summaryOf(valuesOf(runs, name));
      if (summary === null) return [];
      const { mean, deviation, margin, least, most } = summary;
      return [
        html`<tr><th scope="row">${figureOfPart(name, language)}</th><td class="number">${number(mean)}</td><td class="number">${deviation === null ? "" : number(deviation)}</td><td class="number">${margin === null ? "" : `± ${number(margin)}`}</td><td class="number">${number(least)} … ${number(most)}</td></tr>`,
      ];
    }),
  );
}

/** A search goes over settings: each over its seeds, the best mean first. */
function settingTable({ runs, design }: ReportedGroup, plan: SweepPlan, language: Language): Html {
  const settings = rankedSettings({ plan }, runs, plan.monitor, plan.better);
  const titles = plan.dimensions.map((dimension) => titleOf(dimension, design, language));
  const valueText = ({ target }: Dimension, value: unknown): string =>
    typeof value === "number"
      ? number(value)
      : ((target.of === "repeat" ? null : choiceWord(target.option, value, language)) ?? String(value));
  return table(
    html`${titles.map((title) => html`<th scope="col">${title}</th>`)}<th scope="col">${words(language, "groups.setting_seeds")}</th><th scope="col">${words(language, "groups.setting_mean", { figure: figureOfPart(plan.monitor, language) })}</th><th scope="col">${words(language, "groups.deviation")}</th><th scope="col">${words(language, "groups.p")}</th>`,
    settings.map(
      ({ options, summary, p }) =>
        html`<tr>${plan.dimensions.map((dimension) => html`<td class="number">${valueText(dimension, options[dimensionKey(dimension)])}</td>`)}<td class="number">${summary.count}</td><td class="number">${number(summary.mean)}</td><td class="number">${summary.deviation === null ? "" : number(summary.deviation)}</td><td class="number">${p === null ? "" : number(p)}</td></tr>`,
    ),
  );
}

/** As the settings of the page call it. */
function titleOf({ target }: Dimension, design: DesignDocument, language: Language): string {
  const nameOf = (id: string): string => design.graph.nodes.find((node) => node.id === id)?.name ?? id;
  if (target.of === "repeat") return `${target.node_ids.map(nameOf).join(", ")} · ${words(language, "sweep.depth")}`;
  const key =
    target.of === "layer"
      ? `${nameOf(target.node_id)} · ${target.option}`
      : `train · ${target.option.replace(/\.type$/, "").replaceAll(".", " · ")}`;
  return settingsOf(design, language).get(key)?.title ?? key;
}
