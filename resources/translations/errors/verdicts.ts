/** What is said of a run when it has ended, each sentence with the numbers behind it, and the acts that may help. */
import type { Catalogue } from "../translate.ts";

export const verdictTexts = {
  "verdict.diverged": [
    "The loss became NaN or infinite in epoch {epoch}: the steps were too large (learning rate {rate}). Lower the rate, or clip the gradients.",
    "损失在第 {epoch} 轮变为 NaN 或无穷：步子太大（学习率 {rate}）。请降低学习率或裁剪梯度。",
  ],
  "verdict.diverged_in": [
    "The loss became NaN or infinite in epoch {epoch}, seen first in layer '{layer}': the steps were too large (learning rate {rate}). Lower the rate, or clip the gradients.",
    "损失在第 {epoch} 轮变为 NaN 或无穷，最先出现在层“{layer}”：步子太大（学习率 {rate}）。请降低学习率或裁剪梯度。",
  ],
  "verdict.not_learning": [
    "It does not learn: in {epochs} epochs the training loss went from {first} to {last}, which is as good as nothing. Look at the signals on the canvas for a layer whose gradients vanish, or try another learning rate.",
    "没有学到东西：{epochs} 轮里训练损失从 {first} 到 {last}，几乎没有变化。请在画布上打开“信号”，看哪一层梯度消失，或换一个学习率。",
  ],
  "verdict.overfitting": [
    "Over-fitted: after epoch {epoch} the validation loss rose from {low} to {high} (+{rise} %), while the training loss went on falling from {from} to {to}. It learns its rows by heart.",
    "过拟合：第 {epoch} 轮之后验证损失从 {low} 升到 {high}（+{rise}%），而训练损失继续从 {from} 降到 {to}。网络在死记训练数据。",
  ],
  "verdict.gap": [
    "It knows its training rows better than the rule behind them: at its best epoch ({epoch}) the validation loss is {validation}, {more} % above the training loss {training}. Dropout, fewer units or more rows narrow the gap.",
    "它对训练数据的了解多于背后的规律：在最佳轮次（{epoch}）验证损失为 {validation}，比训练损失 {training} 高 {more}%。可用 dropout、减少单元或增加数据来缩小差距。",
  ],
  "verdict.still_learning": [
    "Still learning when it ended: in its last {epochs} epochs the loss fell by another {share} % (from {from} to {to}). Train longer.",
    "结束时仍在学习：最后 {epochs} 轮损失又降了 {share}%（从 {from} 到 {to}）。请训练更久。",
  ],
  "verdict.stopped_late": [
    "It could have stopped in epoch {best} (loss {low}): the epochs from there to {last} made nothing better.",
    "本可以在第 {best} 轮停止（损失 {low}）：此后直到第 {last} 轮都没有改善。",
  ],
  "verdict.rate_too_high": [
    "The learning rate {rate} looks too high: in {jumps} of {epochs} epochs the training loss jumped up by more than {share} %.",
    "学习率 {rate} 似乎太高：{epochs} 轮中有 {jumps} 轮训练损失上跳超过 {share}%。",
  ],
  "verdict.rate_blew_up": [
    "The learning rate {rate} is too high: the training loss shot up from {from} to {to} in epoch {epoch}. Steps of that size throw the weights about; what came after started from there.",
    "学习率 {rate} 太高：训练损失在第 {epoch} 轮从 {from} 猛升到 {to}。这样大的步长会冲乱权重，此后的训练都从那里开始。",
  ],
  "verdict.under_fitted_classes": [
    "Under-fitted: the loss levelled off at {loss} on the training rows too. The accuracy of {output} is {accuracy} %, where always saying “{label}” has {share} %. The network is too simple, or the columns do not tell the classes apart.",
    "欠拟合：训练行上的损失也停在 {loss}。{output} 的准确率为 {accuracy}%，而总是回答“{label}”就有 {share}%。网络太简单，或这些列不足以区分类别。",
  ],
  "verdict.under_fitted_numbers": [
    "Under-fitted: the loss levelled off at {loss} on the training rows too. The explained variance R² of {output} is {r2}. The network is too simple, or the columns do not tell the value.",
    "欠拟合：训练行上的损失也停在 {loss}。{output} 的决定系数 R² 为 {r2}。网络太简单，或这些列不足以说明该值。",
  ],
  "verdict.rate_too_low": [
    "The learning rate {rate} looks too low: the training loss fell evenly from {from} to {to} (−{share} %) in {epochs} epochs and did not level off.",
    "学习率 {rate} 似乎太低：{epochs} 轮里训练损失匀速从 {from} 降到 {to}（−{share}%），还没有变平。",
  ],
  "verdict.no_better_than_mean": [
    "No better than saying the mean for every row: the explained variance R² of {output} is {r2}.",
    "不比每行都答平均值更好：{output} 的决定系数 R² 为 {r2}。",
  ],
  "verdict.no_better_than_majority": [
    "No better than always saying “{label}”: the accuracy of {output} is {accuracy} %, and {share} % of the rows are “{label}”.",
    "不比总是回答“{label}”更好：{output} 的准确率为 {accuracy}%，而 {share}% 的行就是“{label}”。",
  ],
  "verdict.worse_than_naive": [
    "Worse than the naive forecast: the RMSE of {output} is {own}, that of saying the value {back} {back|row|rows} before {theirs}, on the same rows.",
    "不如朴素预测：{output} 的 RMSE 为 {own}，而在同样的数据行上直接取 {back} 行之前的值为 {theirs}。",
  ],
  "verdict.worse_than_naive_seasons": [
    "Worse than the naive forecast: the RMSE of {output} is {own}, that of saying the value one season before {theirs}, on the same rows.",
    "不如朴素预测：{output} 的 RMSE 为 {own}，而在同样的数据行上直接取一个季节前的值为 {theirs}。",
  ],
  "verdict.worse_than_line": [
    "Worse than linear regression on the same windows: the RMSE of {output} is {own}, that of the line {theirs}, on the same rows.",
    "不如同样窗口上的线性回归：在同样的数据行上，{output} 的 RMSE 为 {own}，线性模型为 {theirs}。",
  ],
  "verdict.worse_than_logistic": [
    "Worse than logistic regression on the same windows: {output} gets {own} % of the rows right, that {theirs} %.",
    "不如同样窗口上的逻辑回归：{output} 答对 {own}% 的数据行，逻辑回归答对 {theirs}%。",
  ],
  "verdict.confused_classes": [
    "“{actual}” is often taken for “{predicted}”: {count} rows, {share} % of that class. Look at those rows: are they told apart by anything in the data?",
    "“{actual}”常被当成“{predicted}”：{count} 行，占该类的 {share}%。看看这些行：数据里有什么能区分它们吗？",
  ],
  "verdict.few_rows": [
    "Few rows for so many weights: {parameters} weights learn from about {rows} rows ({times} times as many). A smaller network or more rows would hold better on new data.",
    "权重多而数据少：{parameters} 个权重从约 {rows} 行中学习（{times} 倍）。更小的网络或更多数据会更可靠。",
  ],
  "verdict.sound": [
    "Nothing stands out: the validation loss was lowest in epoch {best} of {last}, at {low}.",
    "没有明显问题：验证损失在第 {best} 轮（共 {last} 轮）最低，为 {low}。",
  ],
  "verdict.on_training_rows": [
    "What is said of its answers is of the rows that it learnt from: nothing was held out. On new rows it may do worse.",
    "以上关于其回答的结论都来自训练数据：没有留出验证数据。在新数据上可能更差。",
  ],
  "verdict.sound_without_validation": [
    "The training loss was lowest in epoch {best} of {last}, at {low}. Nothing was held out, so how it does on new rows is not known.",
    "训练损失在第 {best} 轮（共 {last} 轮）最低，为 {low}。没有留出验证数据，因此不知道它在新数据上的表现。",
  ],
} satisfies Catalogue;
