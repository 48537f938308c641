/** Texts of the checks of a design (core/checks), beside those of its first mistakes in design.ts. */
import type { Catalogue } from "../translate.ts";

export const checkErrors = {
  "design.squared_error_of_probabilities": [
    "'{name}' ends with {activation}, and the loss {loss} compares probabilities as if they were lengths: a network that is wrong and sure of it hardly learns. Use categorical cross-entropy.",
    "“{name}”以 {activation} 结束，而损失 {loss} 把概率当作普通数值比较：网络错得越自信，越学不动。请用分类交叉熵。",
  ],
  "design.binary_loss_for_classes": [
    "The target has {classes} classes of which one is right, but '{name}' and {loss} answer each with its own yes or no. Use Softmax and categorical cross-entropy.",
    "目标是 {classes} 类选一，但“{name}”与 {loss} 对每一类单独回答是或否。请用 Softmax 和分类交叉熵。",
  ],
  "design.floor_before_probabilities": [
    "'{before}' ends with {floor_activation}, which lets no negative score through, and '{name}' makes probabilities of the rest with {activation}. Set the activation of '{before}' to Linear.",
    "“{before}”以 {floor_activation} 结束，负的得分全被截掉，“{name}”再用 {activation} 变成概率。请把“{before}”的激活函数设为“线性”。",
  ],
  "design.activation_twice": [
    "'{before}' ends with {first_activation} already, and '{name}' applies {activation} to it. Set the activation of '{before}' to Linear, or leave '{name}' out.",
    "“{before}”已以 {first_activation} 结束，“{name}”又加上 {activation}。请把“{before}”的激活函数设为“线性”，或去掉“{name}”。",
  ],
  "design.dropout_before_output": [
    "'{name}' stands directly before the output: while training, predictions themselves are set to zero. Put it before the last layer, or leave it out.",
    "“{name}”紧接在输出之前：训练时预测值本身会被置零。请把它移到最后一层之前，或去掉。",
  ],
  "design.normalization_before_output": [
    "'{name}' normalizes what is predicted: it then depends on the other rows of the batch and loses its scale. Put it before the last layer, or leave it out.",
    "“{name}”对预测值做归一化：结果会依赖批次中的其他行，并失去原来的尺度。请把它移到最后一层之前，或去掉。",
  ],
  "design.bias_before_normalization": [
    "'{next}' subtracts the mean of what comes in, so the bias of '{name}' has no effect. Switch the bias off: the normalization has an offset of its own.",
    "“{next}”会减去均值，因此“{name}”的偏置不起作用。请关闭偏置：归一化层自带偏移。",
  ],
  "design.high_dropout": [
    "'{name}' drops {percent} % of all values while training: hardly anything is left to learn from. Rates of 20 to 50 % are usual.",
    "“{name}”在训练时丢弃 {percent}% 的值，几乎没有可学的内容。常用比例为 20% 到 50%。",
  ],
  "design.convolution_after_convolution": [
    "'{name}' has no activation and goes straight into '{next}': together they can do no more than one of them. Give '{name}' an activation such as ReLU.",
    "“{name}”没有激活函数，直接进入“{next}”：两者合起来不比一个更强。请给“{name}”设置 ReLU 之类的激活函数。",
  ],
  "design.stride_skips_positions": [
    "'{name}' moves by {strides} with a window that spans {span}: positions between two windows are never looked at. Use shorter strides or a larger window.",
    "“{name}”的窗口跨度为 {span}，步幅却是 {strides}：两个窗口之间的位置从未被看到。请减小步幅或增大窗口。",
  ],
  "design.sequence_needed": [
    "'{name}' works along the steps of a sequence, but '{before}' gives only its last state. Let '{before}' return every step.",
    "“{name}”沿序列的各步工作，而“{before}”只给出最后的状态。请让“{before}”返回每一步。",
  ],
  "design.sequence_of_one": [
    "'{name}' gets a sequence of one step with {features} numbers: there is nothing to look back at or to choose among. Use longer sequences, or a dense layer.",
    "“{name}”收到的序列只有一步（{features} 个数），没有可回顾、也没有可选择的内容。请用更长的序列，或改用全连接层。",
  ],
  "design.attention_without_places": [
    "'{name}' weighs steps by what they hold and does not see their order, and nothing before it tells it. Put a positional encoding before it, unless the order does not matter.",
    "“{name}”只按内容给各步加权，看不到顺序，前面也没有任何层提供位置。除非顺序无关紧要，否则请在前面加位置编码。",
  ],
  "design.dense_after_flatten": [
    "'{name}' holds {parameters} weights, {percent} % of the network, because '{flat}' gives it every pixel by itself. The mean of each channel (global average pooling) needs far fewer and learns by heart less.",
    "“{name}”有 {parameters} 个权重，占全网络的 {percent}%，因为“{flat}”把每个像素单独交给它。对各通道取均值（全局平均池化）所需权重少得多，也更不易死记。",
  ],
  "design.deep_without_shortcuts": [
    "'{name}' is the last of {count} layers with weights in a row, without normalization and without a way around: the first of them hardly learn. Add normalization, or lead the input of some around them with Add.",
    "“{name}”是连续 {count} 个带权重的层中的最后一个，中间没有归一化，也没有旁路：最前面的层很难学习。请加入归一化，或用 Add 把输入绕过若干层。",
  ],
  "design.penalty_and_decay": [
    "The optimizer takes {decay} of the weights away by itself, and {count} layers (first '{name}') have an L2 penalty too: the same wish twice. Keep one of the two.",
    "优化器自身已按 {decay} 衰减权重，又有 {count} 个层（首个为“{name}”）设了 L2 惩罚：同一件事做了两次。请只保留一个。",
  ],
  "design.many_categories": [
    "One-hot makes {width} numbers of the columns {columns}. So many categories are most often ids, which tell nothing, or a case for an embedding. Leave the column out, or make one number of it.",
    "独热编码把列 {columns} 变成 {width} 个数。类别如此之多，多半是没有信息的编号，或应改用嵌入。请去掉该列，或编码成一个数。",
  ],
  "design.nesterov_without_momentum": [
    "Nesterov looks ahead by the momentum, and the momentum is 0: it changes nothing. Set a momentum such as 0.9, or switch Nesterov off.",
    "Nesterov 按动量向前看，而动量为 0，因此不起作用。请设置动量（如 0.9），或关闭 Nesterov。",
  ],
  "design.clipping_twice": [
    "Gradients are clipped in several ways at once ({ways}): what the later ones do depends on the first, and Keras refuses it. Keep one.",
    "同时用多种方式裁剪梯度（{ways}）：后面的效果取决于前面的，Keras 也不接受。请只保留一种。",
  ],
  "design.more_weights_than_rows": [
    "{weights} weights learn from at most {rows} rows, and nothing keeps them from learning these rows by heart. Stop early, drop values while training, or use fewer units.",
    "{weights} 个权重只从至多 {rows} 行中学习，且没有任何措施防止其死记这些行。请使用早停、随机失活，或减少单元数。",
  ],
  "design.batch_larger_than_rows": [
    "A batch of {size} holds all of the at most {rows} rows that are learnt from: there is one step an epoch. Use a smaller batch size.",
    "每批 {size} 行，而用于学习的至多只有 {rows} 行：每轮只有一步。请减小批大小。",
  ],
  "design.small_vocabulary": [
    "'{name}' has vectors for {places} indices, but the preparation gives up to {count}: an index without a vector stops the training. Set their number to {count}.",
    "“{name}”只有 {places} 个索引的向量，而数据准备最多给出 {count} 个：遇到没有向量的索引训练就会停止。请把数量设为 {count}。",
  ],
  "design.vectors_width": [
    "'{name}' starts from the vectors of '{file}', which have {given} numbers, but makes {width}. Set its width to {given}.",
    "“{name}”使用“{file}”的词向量，每个有 {given} 个数，而该层输出 {width} 个。请把宽度设为 {given}。",
  ],
  "design.scaled_indices": [
    "'{name}' takes whole numbers as indices, but the columns {columns} are scaled before, so they are none any more. Do not scale them.",
    "“{name}”以整数作为索引，而列 {columns} 在此之前被缩放，已不是整数。请不要缩放这些列。",
  ],
  "design.window_needs_time_split": [
    "The rows are windows of a time series, but they are held out by another way ({method}): validation would see the same moments as training. Hold out the last ones.",
    "数据行是时间序列的窗口，却按其他方式（{method}）留出：验证会看到与训练相同的时刻。请留出最后的部分。",
  ],
  "design.target_among_inputs": [
    "The input '{name}' takes {columns}, which is what should be predicted: the network would be told the answer. Leave it out.",
    "输入“{name}”包含 {columns}，而这正是要预测的列：等于把答案告诉网络。请去掉它。",
  ],
  "design.patience_too_long": [
    "Early stopping waits {patience} epochs, but the training lasts {epochs}: it will never stop. Wait a shorter time, or train longer.",
    "早停要等待 {patience} 轮，而训练只有 {epochs} 轮，永远不会停。请缩短等待，或延长训练。",
  ],
  "design.warm_up_too_long": [
    "The learning rate rises for {warm_up} steps, but the training has at most {steps}: it never reaches what was chosen. Let it rise for fewer steps.",
    "学习率要上升 {warm_up} 步，而训练至多只有 {steps} 步：永远达不到所选的值。请缩短预热。",
  ],
  "design.class_imbalance": [
    "Of '{rare}' there are {few} rows, of '{common}' {many}: a network that never says '{rare}' is nearly always right. Let each class count the same.",
    "“{rare}”只有 {few} 行，而“{common}”有 {many} 行：从不预测“{rare}”的网络也几乎总是对的。请让各类别的权重相同。",
  ],
  "design.unscaled_columns": [
    "'{name}' gets the columns {columns} as they are, numbers of about {size} in size: beside them others hardly count, and training is slow. Standardise them.",
    "“{name}”直接使用列 {columns}，其数值大小约为 {size}：其他列几乎不起作用，训练也会很慢。请做标准化。",
  ],
  "design.not_shuffled": [
    "Rows are not shuffled: where the file is sorted, every batch pulls into another direction. Shuffle them, unless the order is already random.",
    "没有打乱数据行：若文件是排过序的，每个批次都会朝不同方向拉。除非顺序本已随机，否则请打乱。",
  ],
  "design.normalization_twice": [
    "'{before}' has normalized already what '{name}' gets. One of them is enough.",
    "“{before}”已做过归一化，“{name}”又做一次。保留一个即可。",
  ],
  "design.dropout_twice": [
    "'{before}' and '{name}' drop one after the other, {percent} % of the values together. One of them with the rate that you want says it plainly.",
    "“{before}”与“{name}”接连丢弃，合计 {percent}% 的值。请只用一个，并设为想要的比例。",
  ],
  "design.small_receptive_field": [
    "Each value that '{name}' averages has seen {field} of {picture} positions: what is larger is never seen whole. Add layers, strides or pooling, or widen the windows with dilation.",
    "“{name}”平均的每个值只看到 {picture} 个位置中的 {field}：更大的物体从未被完整看到。请增加层、步幅或池化，或用空洞扩大窗口。",
  ],
  "design.constant_kernel": [
    "The weights of '{name}' all start from one number ({option}: {value}), so all its units get the same gradient and stay alike. Use a random start.",
    "“{name}”的权重全从同一个数开始（{option}：{value}），所有单元得到相同的梯度，始终一样。请用随机初始化。",
  ],
  "design.unbounded_cell": [
    "'{name}' walks along the sequence with {activation}, which has no upper end: what it remembers can grow until the loss is no number any more. {usual_activation} is usual.",
    "“{name}”沿序列使用 {activation}，它没有上界：记忆可能一直增长，直到损失不再是数。通常用 {usual_activation}。",
  ],
  "design.weightless_loss": [
    "The loss of '{name}' counts nothing (its weight is 0): what only leads to it is not trained. Give it a weight.",
    "“{name}”的损失不计入（权重为 0）：只通向它的层不会被训练。请给它权重。",
  ],
} satisfies Catalogue;
