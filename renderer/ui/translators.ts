/** The words of the whole app in each language. Which language is chosen is known to texts.ts; what that needs itself, as messages, imports this. */

import { canvasTexts } from "../../resources/translations/app/canvas.ts";
import { compareTexts } from "../../resources/translations/app/compare.ts";
import { dataTexts } from "../../resources/translations/app/data.ts";
import { dataKindsTexts } from "../../resources/translations/app/data-kinds.ts";
import { dataLookTexts } from "../../resources/translations/app/data-look.ts";
import { ensembleTexts } from "../../resources/translations/app/ensembles.ts";
import { exportTexts } from "../../resources/translations/app/export.ts";
import { figuresTexts } from "../../resources/translations/app/figures.ts";
import { groupTexts } from "../../resources/translations/app/groups.ts";
import { importanceTexts } from "../../resources/translations/app/importance.ts";
import { insideTexts } from "../../resources/translations/app/inside.ts";
import { inspectorTexts } from "../../resources/translations/app/inspector.ts";
import { keyTexts } from "../../resources/translations/app/keys.ts";
import { listViewTexts } from "../../resources/translations/app/list-view.ts";
import { overlayTexts } from "../../resources/translations/app/overlay.ts";
import { ownBlockTexts } from "../../resources/translations/app/own-blocks.ts";
import { proposalTexts } from "../../resources/translations/app/proposals.ts";
import { runsTexts } from "../../resources/translations/app/runs.ts";
import { shellTexts } from "../../resources/translations/app/shell.ts";
import { signalsTexts } from "../../resources/translations/app/signals.ts";
import { slicesTexts } from "../../resources/translations/app/slices.ts";
import { startTexts } from "../../resources/translations/app/start.ts";
import { surfaceTexts } from "../../resources/translations/app/surface.ts";
import { trainingScreenTexts } from "../../resources/translations/app/training.ts";
import { versionTexts } from "../../resources/translations/app/versions.ts";
import { watchingTexts } from "../../resources/translations/app/watching.ts";
import { type Language, type TextParams, translate } from "../../resources/translations/translate.ts";

const catalogue = {
  ...shellTexts,
  ...keyTexts,
  ...listViewTexts,
  ...ownBlockTexts,
  ...startTexts,
  ...proposalTexts,
  ...canvasTexts,
  ...dataTexts,
  ...dataKindsTexts,
  ...dataLookTexts,
  ...inspectorTexts,
  ...trainingScreenTexts,
  ...compareTexts,
  ...overlayTexts,
  ...runsTexts,
  ...exportTexts,
  ...figuresTexts,
  ...groupTexts,
  ...signalsTexts,
  ...watchingTexts,
  ...slicesTexts,
  ...importanceTexts,
  ...surfaceTexts,
  ...insideTexts,
  ...ensembleTexts,
  ...versionTexts,
} as const;

export type TextKey = keyof typeof catalogue;
export type Translate = (key: TextKey, params?: TextParams) => string;

export const translators: Readonly<Record<Language, Translate>> = {
  en: (key, params) => translate(catalogue, "en", key, params),
  zh: (key, params) => translate(catalogue, "zh", key, params),
};

export function textIn(language: Language): Translate {
  return translators[language];
}

export function hasText(key: string): key is TextKey {
  return Object.hasOwn(catalogue, key);
}
