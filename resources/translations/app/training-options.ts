/** Words of the training options: `train.<field>` and `early_stopping.<field>` of core/spec/training.ts, label and help. */
import type { Catalogue } from "../translate.ts";

export const trainingTexts: Catalogue = {
  "train.batch_size.label": ["Batch size", "批大小"],
  "train.batch_size.help": [
    "Rows per step. Larger is faster and smoother, and needs a larger learning rate.",
    "每步使用的行数。越大越快、越平稳，但需要更大的学习率。",
  ],
  "train.epochs.label": ["Epochs", "轮数"],
  "train.epochs.help": ["How often all training rows are seen.", "全部训练数据要看多少遍。"],
  "train.seed.label": ["Seed", "随机种子"],
  "train.seed.help": [
    "Fixes first weights, shuffling and dropout: the same seed gives the same run.",
    "固定初始权重、打乱顺序和随机失活：种子相同则运行结果相同。",
  ],
  "train.shuffle.label": ["Shuffle", "打乱顺序"],
  "train.shuffle.help": ["New order of the rows in every epoch, from the seed.", "每轮按种子重新排列数据行。"],
  "train.class_weight.label": ["Class weights", "类别权重"],
  "train.class_weight.help": [
    "balanced: rare classes count as much as frequent ones, at every output that has classes. Row weights of the data multiply.",
    "balanced：在每个分类输出上，让少数类与多数类同等重要；与数据中的行权重相乘。",
  ],
  "train.clipvalue.label": ["Clip value", "按值裁剪梯度"],
  "train.clipvalue.help": ["Cuts every number of the gradient to ± this.", "把梯度的每个数限制在 ± 此值之内。"],
  "train.clipnorm.label": ["Clip norm", "按范数裁剪梯度"],
  "train.clipnorm.help": ["Shortens the gradient of each weight tensor to this length.", "把每个权重张量的梯度缩短到此长度。"],
  "train.global_clipnorm.label": ["Global clip norm", "全局范数裁剪"],
  "train.global_clipnorm.help": ["Shortens the gradient of all weights together to this length.", "把全部权重的梯度整体缩短到此长度。"],
  "train.use_ema.label": ["Average the weights", "平均权重"],
  "train.use_ema.help": [
    "Keeps a moving average of the weights. Validation, the best epoch and the finished model use the average; training itself goes on from the weights.",
    "对权重做滑动平均。验证、最佳轮次和训练好的模型都使用平均值；训练本身仍从原权重继续。",
  ],
  "train.ema_momentum.label": ["Momentum of the average", "平均的动量"],
  "train.ema_momentum.help": [
    "How much of the old average stays in every step: 0.99 looks back about 100 steps.",
    "每一步保留多少旧的平均值：0.99 大约回看 100 步。",
  ],
  "train.top_k.label": ["k of top-k", "前 k 的 k"],
  "train.top_k.help": [
    "With more classes than this, a row also counts as nearly right when its class is among the k likeliest. Changes nothing about the training itself.",
    "类别数多于 k 时，只要正确类别在最可能的 k 个之中，该行就算接近正确。对训练本身没有影响。",
  ],
  "train.metrics.label": ["Curves", "曲线"],
  "train.metrics.help": [
    "Figures that are computed after every epoch and drawn as curves, beside the loss. Those that are not ticked cost nothing; the evaluation has all of them in any case, and tables and comparisons the usual ones. Changes nothing about the training itself.",
    "除损失外，每轮结束后计算并绘成曲线的指标。未勾选的不产生任何开销；评估中始终包含全部指标，表格与比较中始终包含常用指标。对训练本身没有影响。",
  ],
  "train.validate_every.label": ["Validate every … steps", "每隔多少步验证"],
  "train.validate_every.help": [
    "Looks at the validation rows in the middle of an epoch too, and draws what it finds between the epochs. Each look takes as long as the one at the end of an epoch. Off: at the end of each epoch alone. Changes nothing about the training itself.",
    "在一轮训练的中途也查看验证数据，并把结果画在各轮之间。每次查看与轮末验证耗时相同。关闭：只在每轮结束时验证。对训练本身没有影响。",
  ],
  "train.arithmetic.label": ["Arithmetic", "运算方式"],
  "train.arithmetic.help": [
    "reproducible gives the same bits on any machine; fast may differ between machines.",
    "reproducible 在任何机器上结果逐位相同；fast 在不同机器上可能略有不同。",
  ],
  "early_stopping.enabled.label": ["Stop early", "启用早停"],
  "early_stopping.enabled.help": ["Ends training when nothing improves any more.", "不再改善时结束训练。"],
  "early_stopping.monitor.label": ["Watch", "监视指标"],
  "early_stopping.monitor.help": ["The figure that must keep getting better.", "需要持续改善的指标。"],
  "early_stopping.min_delta.label": ["Least improvement", "最小改善"],
  "early_stopping.min_delta.help": ["Less than this does not count as better.", "小于此值的变化不算改善。"],
  "early_stopping.patience.label": ["Patience", "耐心轮数"],
  "early_stopping.patience.help": ["Epochs without improvement before it stops.", "连续多少轮没有改善就停止。"],
  "early_stopping.restore_best_weights.label": ["Restore best weights", "恢复最佳权重"],
  "early_stopping.restore_best_weights.help": [
    "Keeps the weights of the best epoch rather than the last.",
    "保留最佳一轮的权重，而不是最后一轮的。",
  ],
};
