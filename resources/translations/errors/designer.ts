/** Errors of the designer's own state; those of designs are in design.ts. */
import type { Catalogue } from "../translate.ts";

export const designerErrors = {
  "designer.no_project": [
    "No project is open, so there is nothing to change. Open or create a project first.",
    "没有打开的项目，因此没有可修改的内容。请先打开或新建项目。",
  ],
  "block.too_large": ["A block holds up to {max} layers, and these are {count}.", "模块最多包含 {max} 个层，当前有 {count} 个。"],
  "designer.history_dropped": [
    "The undo history of this project could not be used and was left out. The design is whole.",
    "此项目的撤销历史无法使用，已被舍弃。设计完好无损。",
  ],
  "designer.no_data": ["This project has no data to train on. Choose data first.", "此项目还没有训练数据。请先选择数据。"],
} satisfies Catalogue;
