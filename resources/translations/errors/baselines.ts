/** Texts of baselines, and of rows that are kept aside for a test. */
import type { Catalogue } from "../translate.ts";

const baselineErrors = {
  "baseline.going": ["Baselines of this project are being computed. Wait for them or cancel them.", "此项目的基线正在计算。请等待或取消。"],
  "baseline.cancelled": ["The baseline was cancelled.", "基线计算已取消。"],
  "baseline.masked": [
    "Which steps count is decided by the network itself (it masks some), so that a baseline would be judged by other steps than it is.",
    "哪些步计入由网络自身决定（它屏蔽了一部分步），因此基线会按不同的步来评估。",
  ],
  "baseline.no_target": [
    "No output predicts columns of numbers, classes or labels, or gives an input back.",
    "没有输出预测数值列、类别或标签，也没有输出还原输入。",
  ],
  "baseline.not_fitting": ["The baseline '{name}' fits no output of this design.", "基线“{name}”不适合此设计的任何输出。"],
  "baseline.unknown": [
    "Which baseline '{name}' is, is not known any more: it was computed by an older version. Compute it again to judge it on other rows.",
    "已无法得知“{name}”是哪种基线：它由旧版本计算。请重新计算后再在其他数据行上评估。",
  ],
  "baseline.few_rows": [
    "{rows} rows are too few for baselines beside them: each fifth of them is predicted from the others, so at least {least} are needed.",
    "{rows} 行太少，无法给出对照基线：每五分之一的行由其余各行预测，至少需要 {least} 行。",
  ],
  "baseline.ensemble_elsewhere": [
    "Beside an ensemble there are baselines on its own rows only, not on another data set.",
    "集成模型的对照基线只针对其自身的数据行，不适用于其他数据集。",
  ],
  "baseline.not_resumed": ["A baseline has no weights to go on from. Compute it again.", "基线没有可继续训练的权重。请重新计算。"],
  "spec.unknown_baseline": ["There is no baseline '{name}'. There are: {known}.", "没有名为“{name}”的基线。现有：{known}。"],
} satisfies Catalogue;

const runErrors = {
  "run.no_rows": ["'{name}' has no such rows: none are held out.", "“{name}”没有这样的行：没有留出数据。"],
  "run.try_no_picture": ["The network takes no pictures.", "该网络不接受图片。"],
  "run.try_picture_unreadable": [
    "'{name}' cannot be read: {picture_fault}. Expected PNG, JPEG, WebP, GIF or TIFF.",
    "无法读取“{name}”：{picture_fault}。应为 PNG、JPEG、WebP、GIF 或 TIFF。",
  ],
  "run.threshold_not_here": [
    "The output '{name}' does not decide by such a threshold: one probability of yes does, the second of two classes, and each of several labels.",
    "输出“{name}”不按这种阈值判断：只有单个“是”的概率、两个类别中的第二个、以及多个标签中的每一个才按阈值判断。",
  ],
  "run.no_residuals": ["'{name}' predicts no numbers, so that there are no residuals.", "“{name}”不预测数值，因此没有残差。"],
  "run.not_sliced": ["Column '{column}' holds pictures; rows cannot be grouped by them.", "列“{column}”是图片，无法按它分组。"],
  "run.importance_needs_single_rows": [
    "This network reads rows in their order or as nodes of a graph, so that a column cannot be changed row by row.",
    "此网络按顺序读取各行，或把行当作图的节点，因此无法逐行改变某一列。",
  ],
  "run.importance_no_rows": ["This part holds no rows to ask about. Choose another part.", "该部分没有可用的数据行。请选择其他部分。"],
  "run.importance_no_figure": ["'{figure}' is not known of the output '{name}'.", "输出“{name}”没有指标“{figure}”。"],
  "run.importance_not_varied": [
    "Column '{column}' has no values that could be set one after the other: it holds texts, pictures or nothing.",
    "列“{column}”没有可逐个设定的取值：它是文本、图片，或全部缺失。",
  ],
  "run.importance_cancelled": ["It was cancelled before the answer was known.", "在得到结果之前已被取消。"],
  "run.importance_running": ["This question is being answered already.", "该问题正在计算中。"],
  "run.no_series": ["'{name}' predicts no numbers of a time series.", "“{name}”不预测时间序列的数值。"],
  "run.no_such_output": ["The model has no such output.", "模型没有该输出。"],
  "run.no_test_rows": [
    "This run kept no test rows aside. Choose a share for the test part at the split, and train again.",
    "此次训练没有留出测试行。请在划分处设置测试比例后重新训练。",
  ],
} satisfies Catalogue;

export const baselineTexts: Catalogue = { ...baselineErrors, ...runErrors };
