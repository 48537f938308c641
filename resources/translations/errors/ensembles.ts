/** Texts of runs that are compared row by row, or combined to an ensemble. */
import type { Catalogue } from "../translate.ts";

export const ensembleTexts = {
  "ensemble.tasks_differ": [
    "'{first}' and '{second}' do not predict the same thing: their targets or classes differ.",
    "“{first}”与“{second}”预测的内容不同：目标或类别不一致。",
  ],
  "ensemble.targets_differ": [
    "'{first}' and '{second}' have other true values in the same rows: their targets are prepared in different ways.",
    "“{first}”与“{second}”在相同的行中真实值不同：目标的预处理方式不同。",
  ],
  "ensemble.no_common_rows": [
    "'{first}' and '{second}' have no row of this part in common. Train them with the same split.",
    "“{first}”与“{second}”在此部分没有共同的行。请用相同的划分训练。",
  ],
  "ensemble.data_differs": ["'{first}' and '{second}' were trained on different data.", "“{first}”与“{second}”使用的数据不同。"],
} satisfies Catalogue;
