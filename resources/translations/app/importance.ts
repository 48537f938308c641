/** Words of the columns that a model needs, of what it makes of them, and of the fitted curve of a series. */
import type { Catalogue } from "../translate.ts";

export const importanceTexts = {
  "importance.tab": ["Importance", "重要性"],
  "importance.title": ["How much each column is needed", "各列有多重要"],
  "importance.figure": ["Figure", "指标"],
  "importance.repeats": ["Repeats", "重复次数"],
  "importance.working": ["Dealing out the values of each column anew…", "正在逐列打乱取值…"],
  "importance.cancelled": ["Cancelled.", "已取消。"],
  "importance.again": ["Ask again", "重新计算"],
  "importance.falls": [
    "{figure} is {baseline} on {rows} rows. Each bar: by how much it falls when the values of that column are dealt out anew among the rows; the line is the deviation over the repeats.",
    "{rows} 行上的{figure}为 {baseline}。每个条形：把该列的取值在各行间打乱后，指标下降多少；横线为各次重复的标准差。",
  ],
  "importance.rises": [
    "{figure} is {baseline} on {rows} rows. Each bar: by how much it rises when the values of that column are dealt out anew among the rows; the line is the deviation over the repeats.",
    "{rows} 行上的{figure}为 {baseline}。每个条形：把该列的取值在各行间打乱后，指标上升多少；横线为各次重复的标准差。",
  ],
  "importance.column": ["Column", "列"],
  "importance.loss": ["Loss of {figure}", "{figure}的损失"],
  "importance.deviation": ["Deviation", "标准差"],
  "importance.show": ["Show what the model makes of {column}", "查看模型如何使用{column}"],
  "importance.more": ["Show more ({count})", "显示更多（{count}）"],
  "dependence.title": ["What the model makes of {column}", "模型如何使用{column}"],
  "dependence.of": ["Of", "目标"],
  "dependence.working": ["Setting the column in every row…", "正在逐行设定该列…"],
  "dependence.chart": ["Mean of {rows} rows, and {shown} rows of their own", "{rows} 行的均值，以及单独的 {shown} 行"],
  "dependence.share": ["share of {label}", "{label} 的概率"],
  "dependence.predicted": ["predicted {label}", "预测的{label}"],
  "dependence.row": ["Row {row}", "第 {row} 行"],
  "dependence.help": [
    "The thick line is the mean prediction with the column set to that value in all rows and everything else as it is; thin lines are single rows. Marks at the bottom part the rows into tenths: where they are far apart, few rows lie.",
    "粗线是把所有行的该列设为此值、其余不变时的平均预测；细线是单独的行。底部刻度把各行分为十份：间隔大处数据少。",
  ],
  "dependence.words_help": [
    "Bars are the mean prediction with the column set to that value in all rows and everything else as it is; dots are single rows.",
    "条形是把所有行的该列设为此值、其余不变时的平均预测；圆点是单独的行。",
  ],
} satisfies Catalogue;
