/** Errors of run groups, the queue, folds and checkpoints, in English and Chinese. */
import type { Catalogue } from "../translate.ts";

export const groupErrors = {
  "run.group_not_found": [
    "This group of runs is not in the library any more: it was deleted, perhaps in another window.",
    "资料库中已没有这个运行组：它可能已在另一个窗口中被删除。",
  ],
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
  "sweep.block_not_a_row": [
    "{names} cannot be repeated: one connection must lead into the row of layers and all that leaves it must leave from one port. {into} lead in, {out} ports lead out.",
    "无法重复 {names}：这一排层必须只有一个输入连接，且所有输出都来自同一端口。现有 {into} 个输入连接，{out} 个输出端口。",
  ],
} satisfies Catalogue;
