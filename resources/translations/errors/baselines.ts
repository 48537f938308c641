/** Texts of baselines, and of rows that are kept aside for a test. */
import type { Catalogue } from "../translate.ts";

const baselineErrors = {
  "baseline.going": ["Baselines of this project are being computed. Wait for them or cancel them.", "此项目的基线正在计算。请等待或取消。"],
  "baseline.cancelled": ["The baseline was cancelled.", "基线计算已取消。"],
  "baseline.graph": ["There are no baselines for rows that are nodes of a graph.", "行为图节点的数据没有基线。"],
  "baseline.one_target": [
    "Baselines need one output with one target column: classes or a number.",
    "基线需要一个输出、一个目标列：类别或数值。",
  ],
  "baseline.not_resumed": ["A baseline has no weights to go on from. Compute it again.", "基线没有可继续训练的权重。请重新计算。"],
  "spec.unknown_baseline": ["There is no baseline '{name}'. There are: {known}.", "没有名为“{name}”的基线。现有：{known}。"],
} satisfies Catalogue;

const runErrors = {
  "run.no_rows": ["'{name}' has no such rows: none are held out.", "“{name}”没有这样的行：没有留出数据。"],
  "run.no_residuals": ["'{name}' predicts no numbers, so that there are no residuals.", "“{name}”不预测数值，因此没有残差。"],
  "run.not_sliced": ["Column '{column}' holds pictures; rows cannot be grouped by them.", "列“{column}”是图片，无法按它分组。"],
  "run.no_test_rows": [
    "This run kept no test rows aside. Choose a share for the test part at the split, and train again.",
    "此次训练没有留出测试行。请在划分处设置测试比例后重新训练。",
  ],
} satisfies Catalogue;

export const baselineTexts: Catalogue = { ...baselineErrors, ...runErrors };
