/** Blocks that a person made: saving layers as one, and using it again. */
import type { Catalogue } from "../translate.ts";

export const ownBlockTexts = {
  "keys.save_block": ["Save as one of my blocks", "存为我的模块"],
  "blocks.mine": ["My blocks", "我的模块"],
  "blocks.repeat": ["Times in a row", "连续重复次数"],
  "blocks.repeat_help": [
    "Copies side by side, each fed by the one before. Every copy has weights of its own.",
    "并排的多个副本，每个由前一个提供输入。每个副本都有自己的权重。",
  ],
  "blocks.no_row": [
    "Copies of this block cannot stand in a row: it needs an input, and one output ({inputs} in, {outputs} out).",
    "该模块的副本不能连续排列：它需要有输入，并且只有一个输出（现有 {inputs} 个输入，{outputs} 个输出）。",
  ],
  "keys.repeat": ["Repeat in a row", "连续重复"],
  "act.repeat": ["Repeat {times} times in a row", "连续重复 {times} 次"],
  "repeat.title": ["Repeat {name} in a row", "连续重复 {name}"],
  "repeat.title_many": ["Repeat {count} layers in a row", "连续重复 {count} 个层"],
  "repeat.do": ["Add {count} {count|layer|layers}", "添加 {count} 个层"],
  "repeat.choose_first": ["Choose the layers that are to be repeated first.", "请先选择要重复的层。"],
  "repeat.text": [
    "What the last copy gives goes where the output of these layers went before.",
    "最后一个副本的输出接到这些层原来的输出去处。",
  ],
  "blocks.save_title": ["Save {count} {count|layer|layers} as a block", "将 {count} 个层存为模块"],
  "blocks.name": ["Name of the block", "模块名称"],
  "blocks.expose": ["Ask for these options when it is used", "使用时询问以下选项"],
  "blocks.expose_text": [
    "What is not ticked stays as it is now. The block is kept for all projects; what is made from it is ordinary layers.",
    "未勾选的选项保持现值。模块对所有项目可用；由它生成的都是普通的层。",
  ],
  "blocks.more_options": ["More options ({count})", "更多选项（{count}）"],
  "blocks.no_options": ["These layers have no options.", "这些层没有选项。"],
  "blocks.save": ["Save block", "保存模块"],
  "blocks.saved": [
    "{name} is among your blocks, in the palette and in the search for layers.",
    "“{name}”已加入我的模块，可在层库和搜索中找到。",
  ],
  "blocks.replaces": ["A block of this name is there already: saving replaces it.", "已有同名模块，保存将替换它。"],
  "blocks.forget": ["Delete the block {name}", "删除模块 {name}"],
  "blocks.forgotten": [
    "The block {name} was deleted. Designs that it was used in stay as they are.",
    "已删除模块 {name}。使用过它的设计保持不变。",
  ],
  "blocks.choose_first": ["Choose the layers of the block first.", "请先选择模块包含的层。"],
} as const satisfies Catalogue;
