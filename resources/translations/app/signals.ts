/** Words of what flows through a network while it trains. */
import type { Catalogue } from "../translate.ts";

export const signalsTexts = {
  "signals.show": ["Signals", "信号"],
  "signals.of": ["of {name}", "{name}"],
  "signals.show_hint": [
    "Shows on every layer, while a run trains, the spread of its activations and the size of its gradients. Layers in trouble glow.",
    "训练时在每一层显示激活值的分布和梯度的大小。有问题的层会发光。",
  ],
  "signals.strip": [
    "Activations of a few rows: mean {mean}, deviation {deviation}, from {min} to {max}. ∇: root mean square of the kernel's gradient.",
    "若干行的激活值：均值 {mean}，标准差 {deviation}，范围 {min} 到 {max}。∇：核权重梯度的均方根。",
  ],
  "signals.vanishing": ["vanishing", "梯度消失"],
  "signals.exploding": ["exploding", "梯度爆炸"],
  "signals.not_finite": ["NaN", "NaN"],
  "signals.dead": ["dead", "神经元死亡"],
  "signals.saturated": ["saturated", "饱和"],
  "signals.dead_share": ["{share} dead", "{share} 死亡"],
  "signals.saturated_share": ["{share} flat", "{share} 饱和"],
  "signals.dead_share_text": ["{share} of the units are 0 for every row.", "{share} 的单元对每一行都输出 0。"],
  "signals.saturated_share_text": [
    "{share} of the activations stand at the flat ends of the function.",
    "{share} 的激活值处于函数平坦的两端。",
  ],
  "signals.vanishing_text": [
    "The gradient vanishes on its way back to this layer: {value}, {times} times smaller than the largest ({against}). None of its weights moves much, so it hardly learns.",
    "梯度在传回本层的途中消失了：{value}，仅为最大值（{against}）的 {times} 分之一。其权重都几乎不动，因此学不到什么。",
  ],
  "signals.exploding_text": [
    "The gradient of this layer explodes: {value}, where its weights are of size {against}. A few steps turn them over; the loss may become NaN. Clip the gradients, or lower the learning rate.",
    "本层的梯度爆炸：{value}，而权重大小仅为 {against}。几步之内权重就会被冲垮，损失可能变为 NaN。请裁剪梯度或降低学习率。",
  ],
  "signals.not_finite_text": [
    "In step {value} what this layer computes stopped being numbers (NaN or infinite), the first of all layers to do so: steps were so large that the weights grew without bounds. Clip the gradients, or lower the learning rate.",
    "第 {value} 步时，本层的计算结果最先不再是数（NaN 或无穷大）：步长过大，权重无限增长。请裁剪梯度或降低学习率。",
  ],
  "signals.dead_text": [
    "{value} of this layer's units are 0 for every row: no gradient reaches them, they cannot come back by themselves. A lower learning rate or an activation with a slope below 0 helps.",
    "本层 {value} 的单元对每一行都输出 0：梯度到不了它们，无法自行恢复。可降低学习率，或换用负半轴有斜率的激活函数。",
  ],
  "signals.saturated_text": [
    "{value} of this layer's activations stand at the flat ends of the function: hardly any gradient passes. Scale the inputs, start with smaller weights, lower the learning rate, or use another activation.",
    "本层 {value} 的激活值处于函数平坦的两端，梯度几乎无法通过。请缩放输入、减小初始权重、降低学习率，或换用其他激活函数。",
  ],
  "signals.mend_relu": ["Set {count} {count|layer|layers} to ReLU", "把 {count} 个层的激活函数设为 ReLU"],
  "signals.mend_one_relu": ["Use ReLU here", "此层改用 ReLU"],
  "signals.mend_leaky": ["Use Leaky ReLU here", "此层改用带泄漏的 ReLU"],
  "signals.mend_normalize": ["Normalize what it gives", "对其输出做归一化"],
  "signals.mend_normalize_before": ["Normalize what it gets", "对其输入做归一化"],
  "signals.mend_rate": ["Set the learning rate to {usual}", "把学习率设为 {usual}"],
  "signals.mend_clip": ["Clip the gradients at norm 1", "把梯度范数裁剪到 1"],
} satisfies Catalogue;
