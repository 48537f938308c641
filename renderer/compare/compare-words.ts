/** Rows and values of a comparison in words, for the table and for the CSV file alike. */
import { choiceWord } from "../../core/graph/choice-words.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { optimizerDefinitions } from "../../core/optimizers/definitions.ts";
import { scheduleDefinitions } from "../../core/schedules/definitions.ts";
import { trainingTexts } from "../../resources/translations/app/training-options.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { STATUS_WORDS } from "../runs/run-status.ts";
import { figureTitle } from "../training/chart-words.ts";
import { formatCount, formatFigure, formatSeconds } from "../ui/format.ts";
import type { Translate } from "../ui/texts.ts";
import type { CompareRow, RunField } from "./compare-runs.ts";

export interface Words {
  readonly t: Translate;
  readonly language: Language;
}

type Titled = Pick<CompareRow, "group" | "owner" | "owners" | "field" | "type">;

/** Of more only the first two and the last are named. */
const NAMED_LAYERS = 3;

export function rowTitle(row: Titled, words: Words): string {
  const { t } = words;
  switch (row.group) {
    case "figures":
      return figureTitle(row.field, t);
    case "run":
      return t(`compare.run.${row.field as RunField}`);
    case "layers":
      return `${ownersText(row, words)} · ${layerField(row, words)}`;
    case "training":
      return trainingField(row, words);
    case "data":
      return dataField(row, words);
    default:
      return row.group satisfies never;
  }
}

function ownersText({ owner, owners = [owner] }: Titled, { t }: Words): string {
  if (owners.length <= NAMED_LAYERS) return owners.join(", ");
  return t("compare.layers", { first: owners.slice(0, NAMED_LAYERS - 1).join(", "), last: owners.at(-1) ?? "", count: owners.length });
}

const LAYER_FIELDS = ["type", "inputs", "shared_with", "bypassed", "frozen", "vectors"] as const;

function layerField({ type, field }: Titled, { t, language }: Words): string {
  const own = LAYER_FIELDS.find((name) => name === field);
  if (type === "" && own !== undefined) return t(`compare.layer.${own}`);
  return layerDefinition(type)?.texts[language].fields[field]?.label ?? field;
}

function trainingField({ owner, type, field }: Titled, { t, language }: Words): string {
  if (owner === "optimizer")
    return `${t("training.optimizer")} · ${optimizerDefinitions[type]?.texts[language].fields[field]?.label ?? field}`;
  if (owner === "schedule")
    return `${t("training.schedule")} · ${scheduleDefinitions[type]?.texts[language].fields[field]?.label ?? field}`;
  const option = trainingTexts[`${owner === "early_stopping" ? "early_stopping" : "train"}.${field}.label`]?.[language === "zh" ? 1 : 0];
  if (owner === "early_stopping") return `${t("training.early_stopping")} · ${option ?? field}`;
  return field === "optimizer" || field === "schedule" ? t(`training.${field}`) : (option ?? field);
}

const SPLIT_FIELDS = ["method", "validation_fraction", "split_seed"] as const;

function dataField({ owner, field }: Titled, { t }: Words): string {
  if (owner === "") return t("compare.data.source");
  if (owner === "steps") return t("compare.data.step", { number: field.replace("step_", "") });
  const split = SPLIT_FIELDS.find((name) => name === field);
  if (owner === "split" && split !== undefined) return t(`compare.data.${split}`);
  return `${owner} · ${field === "role" || field === "column_type" ? t(`compare.data.${field}`) : field}`;
}

export function valueText(row: Pick<CompareRow, "group" | "field">, value: unknown, words: Words): string {
  const { t, language } = words;
  if (value === undefined) return "–";
  if (value === null) return row.group === "figures" ? formatFigure(null) : row.group === "run" ? "–" : t("compare.not_set");
  if (typeof value === "boolean") return t(value ? "compare.yes" : "compare.no");
  if (typeof value === "number") return numberText(row, value);
  if (Array.isArray(value)) return value.length === 0 ? t("compare.empty_list") : value.join(", ");
  if (row.group === "run" && row.field === "status") {
    const status = STATUS_WORDS.find((name) => name === value);
    if (status !== undefined) return t(`status.${status}`);
  }
  if (row.group === "layers" && row.field === "type") return layerDefinition(String(value))?.texts[language].label ?? String(value);
  if (typeof value !== "string") return JSON.stringify(value);
  return (row.group === "layers" || row.group === "training" ? choiceWord(row.field, value, language) : null) ?? value;
}

/** A value in words, with the name that files and code have for it where that is another. */
export function valueHint(row: Pick<CompareRow, "group" | "field">, value: unknown, words: Words): string {
  const text = valueText(row, value, words);
  const named = (row.group === "layers" || row.group === "training") && typeof value === "string" && text !== value;
  return named ? `${text} (${value})` : text;
}

function numberText({ group, field }: Pick<CompareRow, "group" | "field">, value: number): string {
  if (group === "figures") return formatFigure(value);
  if (group !== "run") return String(value);
  if (!field.startsWith("seconds")) return formatCount(value);
  return value < 0.1 ? `${formatFigure(value * 1000, 3)} ms` : formatSeconds(value);
}
