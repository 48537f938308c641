/** Words of the small live figures of help cards: what is drawn, for those who cannot see it, and what one step shows. */
import type { Catalogue } from "../translate.ts";

export const figuresTexts = {
  "figure.title": ["What it does", "作用"],
  "figure.play": ["Play", "播放"],
  "figure.pause": ["Pause", "暂停"],
  "figure.next": ["Next step", "下一步"],
  "figure.previous": ["Previous step", "上一步"],
  "figure.keys": ["Space plays and pauses, ← and → go step by step.", "空格播放或暂停，← → 逐步查看。"],
  "figure.step": ["Step {number} of {count}", "第 {number} / {count} 步"],
  "figure.by_defaults": [
    "Drawn with the usual options: this layer's own do not fit a drawing this small.",
    "以默认选项绘制：该层的选项在如此小的图中无法展示。",
  ],
  "figure.alt.window": [
    "A window of {size} moves over a made-up input in steps of {stride} and gives one output each time, {count} in all.",
    "大小为 {size} 的窗口以步幅 {stride} 在示例输入上移动，每次得到一个输出，共 {count} 个。",
  ],
  "figure.alt.gates": [
    "The gates and the state of one unit over {count} {count|step|steps} of a made-up sequence: a pulse up, silence, a pulse down.",
    "示例序列（一个上升脉冲、静默、一个下降脉冲）的 {count} 步中，一个单元的门与状态。",
  ],
  "figure.alt.focus": [
    "How much each of {count} {count|step|steps} attends to every other: the weights of a row add up to one.",
    "{count} 个步各自对其他步的注意程度：每行权重之和为一。",
  ],
  "figure.alt.lookup": [
    "{count} indices, and the row of the table that is looked up for each.",
    "{count} 个索引，以及为每个索引查出的表中的一行。",
  ],
  "figure.alt.mask": [
    "The same numbers before and after, changed anew at every training step. When predicting they pass unchanged.",
    "同一组数在前后的对比，每个训练步重新随机变化；预测时原样通过。",
  ],
  "figure.alt.strips.columns": [
    "Four columns of a batch before and after: each is brought to one mean and one spread.",
    "一批数据的四列在前后的对比：每列都被调整到相同的均值与离散程度。",
  ],
  "figure.alt.strips.samples": [
    "Four samples before and after: each is scaled by its own numbers alone.",
    "四个样本在前后的对比：每个样本只按自身的数值缩放。",
  ],
  "figure.alt.weights": [
    "Four inputs and three units: each unit adds up all inputs, times its weights.",
    "四个输入与三个单元：每个单元对所有输入加权求和。",
  ],
  "figure.alt.curve": [
    "{name}: the output over inputs from −4 to 4, and the slope that the gradient is multiplied with.",
    "{name}：输入从 −4 到 4 时的输出，以及梯度所乘的斜率。",
  ],
  "figure.alt.sources": [
    "Made-up numbers before and after: for each of the {count} outputs, the inputs that it comes from.",
    "示例数值在前后的对比：{count} 个输出各自来自哪些输入。",
  ],
  "figure.alt.graph": [
    "A graph of {count} nodes with a number each, before and after: for each node, the nodes that its new number is made of.",
    "一张有 {count} 个节点的图，每个节点一个数，前后对比：对每个节点，显示其新值由哪些节点得出。",
  ],
  "figure.alt.row": ["{name} of five numbers: before and after.", "对五个数作 {name}：前后对比。"],
  "figure.input": ["input", "输入"],
  "figure.output": ["output", "输出"],
  "figure.before": ["before", "之前"],
  "figure.after": ["after", "之后"],
  "figure.kernel": ["kernel", "卷积核"],
  "figure.slope": ["slope", "斜率"],
  "figure.table": ["table", "表"],
  "figure.weights": ["each row looks at …", "每一行关注于…"],
  "figure.head": ["head {number}", "头 {number}"],
  "figure.part.input": ["input gate", "输入门"],
  "figure.part.forget": ["forget gate", "遗忘门"],
  "figure.part.candidate": ["candidate", "候选值"],
  "figure.part.output": ["output gate", "输出门"],
  "figure.part.update": ["update gate", "更新门"],
  "figure.part.reset": ["reset gate", "重置门"],
  "figure.part.state": ["state", "状态"],
  "figure.cell": ["cell", "细胞"],
  "figure.caption.window": ["window at {place} gives {value}", "窗口在 {place} 处得到 {value}"],
  "figure.caption.gates": ["step {step}: input {input}, state {state}", "第 {step} 步：输入 {input}，状态 {state}"],
  "figure.caption.focus": ["step {step} looks most at step {most} ({share} %)", "第 {step} 步最关注第 {most} 步（{share} %）"],
  "figure.caption.lookup": ["index {index} gives row {index} of the table", "索引 {index} 查得表的第 {index} 行"],
  "figure.caption.mask": ["draw {number}: {changed} of {count} are zero", "第 {number} 次：{count} 个中 {changed} 个为零"],
  "figure.caption.noise": ["draw {number}: every number a little off", "第 {number} 次：每个数都略有偏移"],
  "figure.caption.weights": ["unit {number} gives {value}", "单元 {number} 得到 {value}"],
  "figure.caption.sources": ["{value} comes from {count} of {all} {all|number|numbers}", "{value} 来自 {all} 个数中的 {count} 个"],
  "figure.caption.graph": ["node {node}: {value} from {count} {count|node|nodes}", "节点 {node}：由 {count} 个节点得到 {value}"],
  "figure.caption.no_source": ["{value} comes from no input", "{value} 不来自任何输入"],
  "figure.caption.curve": ["at {x}: output {y}, slope {slope}", "在 {x} 处：输出 {y}，斜率 {slope}"],
} as const satisfies Catalogue;
