/** Texts of runs that are compared row by row, or combined to an ensemble. */
import type { Catalogue } from "../translate.ts";

export const ensembleTexts = {
  "ensemble.try_needs_single_rows": [
    "The members of '{name}' do not read rows in the same way: try one of them instead.",
    "“{name}”的成员读取行的方式不同：请改为试用其中一个成员。",
  ],
  "ensemble.windows_differ": [
    "The members of '{name}' read other columns, in another order, or predict another number of rows ahead: try one of them instead.",
    "“{name}”的成员读取的列、顺序或预测步数不同：请改为试用其中一个成员。",
  ],
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
  "ensemble.rows_differ": [
    "These runs hold out other rows: only {rows} are held out by all, too few to judge them together. Train them with the same split (a seed of its own).",
    "这些运行留出的行不同：共同留出的只有 {rows} 行，不足以一起评估。请用相同的划分（固定划分种子）训练。",
  ],
  "ensemble.vote_needs_classes": ["A vote needs classes: numbers are averaged or stacked.", "投票只适用于类别；数值请用平均或堆叠。"],
  "ensemble.too_few_rows": ["Stacking needs at least two held-out rows; there are {rows}.", "堆叠至少需要两行留出数据，目前有 {rows} 行。"],
  "ensemble.too_few_members": ["An ensemble needs at least two different runs.", "集成至少需要两次不同的运行。"],
  "ensemble.not_a_model": ["'{name}' has no trained network, so that it cannot be a member.", "“{name}”没有训练好的网络，不能作为成员。"],
  "ensemble.other_project": [
    "'{name}' belongs to another project. Members are runs of one project.",
    "“{name}”属于其他项目。成员须来自同一项目。",
  ],
  "ensemble.several_outputs": [
    "'{name}' has several outputs. Ensembles combine networks with one.",
    "“{name}”有多个输出。集成只支持单输出的网络。",
  ],
  "ensemble.member_gone": [
    "A member of this ensemble was deleted. Restore it, or make the ensemble again.",
    "此集成的一个成员已被删除。请恢复它，或重新创建集成。",
  ],
  "ensemble.unreadable": ["What '{name}' is made of cannot be read.", "无法读取“{name}”的组成。"],
} satisfies Catalogue;
