/** Errors of run groups, the queue, folds and checkpoints, in English and Chinese. */
import type { Catalogue } from "../translate.ts";

export const groupErrors = {
  "data.folds_need_a_draw": [
    "Folds cannot be cut while the split is “{method}”. Choose a random, stratified, grouped or time split in the data screen, then try again.",
    "当前划分方式为“{method}”，无法切分折。请在数据界面选择随机、分层、按组或按时间划分后重试。",
  ],
  "data.too_few_rows_for_folds": [
    "{rows} rows cannot be cut into {folds} folds. Use fewer folds or more rows.",
    "{rows} 行无法切分为 {folds} 折。请减少折数或增加行数。",
  ],
  "data.fold_out_of_range": ["Fold {fold} does not exist: there are {folds}.", "第 {fold} 折不存在：共 {folds} 折。"],
  "sweep.node_missing": [
    "The sweep changes the layer “{node}”, which the design no longer has. Take it out of the sweep.",
    "扫描要更改的层“{node}”已不在设计中。请将其从扫描中移除。",
  ],
  "sweep.loss_takes_numbers": [
    "The loss takes one number for each unit; “{column}” does not have that.",
    "该损失要求每个单元对应一个数值；“{column}”并非如此。",
  ],
  "sweep.loss_takes_counts": [
    "The loss takes counts, zero and above; “{column}” has values below zero as the network sees it.",
    "该损失要求计数（不小于零）；网络所看到的“{column}”含有负值。",
  ],
  "sweep.loss_takes_classes": [
    "The loss takes classes; “{column}” has {values} different values, and {units} {units|unit|units} cannot tell them apart.",
    "该损失要求类别；“{column}”有 {values} 个不同的值，{units} 个单元无法区分。",
  ],
  "sweep.block_not_a_row": [
    "{names} cannot be repeated: one connection must lead into the row of layers and all that leaves it must leave from one port. {into} lead in, {out} ports lead out.",
    "无法重复 {names}：这一排层必须只有一个输入连接，且所有输出都来自同一端口。现有 {into} 个输入连接，{out} 个输出端口。",
  ],
  "run.not_waiting": [
    "“{name}” does not wait in the queue any more: it has begun or was taken out.",
    "“{name}”已不在队列中等待：它已开始或已被移出。",
  ],
  "checkpoint.none": [
    "“{name}” has no checkpoint “{checkpoint}” whose weights can be taken. Choose another one, or the trained model.",
    "“{name}”没有可取用权重的检查点“{checkpoint}”。请选择其他检查点或训练好的模型。",
  ],
  "run.group_elsewhere": [
    "“{name}” is being trained by another window or by the command line. It can be resumed here once that has ended.",
    "“{name}”正由另一个窗口或命令行训练。待其结束后可在此处继续。",
  ],
  "run.no_out_of_fold": [
    "No fold of “{name}” has ended yet, so no row was predicted. Wait for the first one.",
    "“{name}”还没有完成任何一折，因此尚无预测。请等待第一折完成。",
  ],
  "sweep.bags_need_validation": [
    "The split holds no rows out, so that nothing could say what the ensemble is worth. Choose a split in the data screen, then try again.",
    "当前划分没有留出数据，无法评估集成的效果。请在数据界面选择划分方式后重试。",
  ],
  "data.bag_with_window": [
    "A time series cannot be drawn anew for a bag: its rows belong one after the other. Train with several seeds instead.",
    "时间序列的行有先后顺序，无法为装袋重新抽样。请改用多个种子训练。",
  ],
  "run.no_bags": [
    "Fewer than two members of “{name}” have a trained network yet, so that there is nothing to combine.",
    "“{name}”中有训练好网络的成员不足两个，无法集成。",
  ],
  "run.not_combined": [
    "The runs of “{name}” have ended, but their ensemble could not be made: {problem}",
    "“{name}”的运行均已结束，但无法生成集成：{problem}",
  ],
  "run.no_rows_out_of_bag": [
    "Every member of “{name}” drew every training row, so that no row is out of the bag.",
    "“{name}”的每个成员都抽到了全部训练行，没有袋外数据。",
  ],
  "sweep.too_many": [
    "This plan has {count} runs, and a group may have {most}. Use fewer points, options or seeds, or a random search.",
    "该计划包含 {count} 次运行，而一个组最多 {most} 次。请减少取值、选项或种子，或改用随机搜索。",
  ],
  "sweep.no_validation": [
    "The sweep looks at “{monitor}”, but the split holds no rows out for validation. Choose a split in the data screen, or look at “loss”.",
    "扫描依据“{monitor}”，但当前划分没有留出验证数据。请在数据界面选择划分方式，或改看“loss”。",
  ],
  "sweep.nothing_fits": [
    "The design cannot be trained with any of these combinations. Add values that go together.",
    "这些取值的任何组合都无法训练。请添加能够搭配的取值。",
  ],
  "sweep.option_twice": ["The option “{option}” is in the sweep twice. Take one out.", "选项“{option}”在扫描中出现两次，请移除其一。"],
  "sweep.bad_range": [
    "The range of “{option}” from {low} to {high} is empty, or its logarithm does not exist. Give a low end below the high one, above 0 on a log scale.",
    "“{option}”从 {low} 到 {high} 的范围为空，或无法取对数。请使下限小于上限；对数刻度下须大于 0。",
  ],
} satisfies Catalogue;
