/** Texts of shapes that do not fit, and of options that a shape does not allow (design.*). */
import type { Catalogue } from "../translate.ts";

export const designShapeErrors = {
  "design.attention_lengths_differ": [
    "The keys {key} and the values {value} must have the same number of steps.",
    "键 {key} 与值 {value} 的步数必须相同。",
  ],
  "design.attention_widths_differ": [
    "The query {query} and the key {key} must have the same number of channels.",
    "查询 {query} 与键 {key} 的通道数必须相同。",
  ],
  "design.attention_mask_differs": [
    "The mask needs one number for every key, {expected}; it is {received}.",
    "掩码须为每个键给一个数，即 {expected}；现在是 {received}。",
  ],
  "design.sequence_too_long": [
    "The sequence has {received} steps; at most {expected} have a place here.",
    "序列有 {received} 步；这里最多有 {expected} 个位置。",
  ],
  "design.mask_rows_differ": [
    "The mask must have one number for each row of the prediction, {expected}; it has {received}. Connect a mask of that many numbers, or none.",
    "掩码须为预测的每一行给一个数，共 {expected} 个；现在有 {received} 个。请连接这样多个数的掩码，或不连接。",
  ],
  "design.graph_edges_expected": [
    "A graph is a list of edges [edges, 3]: source, target and weight of each; received {received}. Connect an input of that shape.",
    "图是边的列表 [边数, 3]：每条边的起点、终点和权重；收到 {received}。请连接这种形状的输入。",
  ],
  "design.graph_nodes_unknown": [
    "Nothing says how many nodes the graph has. Connect features [nodes, channels], or set the number of nodes.",
    "无法得知图有多少个节点。请连接特征 [节点数, 通道数]，或设置节点数。",
  ],
  "design.graph_nodes_differ": [
    "The features are of {received} nodes, and the number of nodes is set to {expected}. Set it to {received}, or to 0.",
    "特征有 {received} 个节点，而节点数设为 {expected}。请设为 {received} 或 0。",
  ],
  "design.rank_too_low": [
    "This layer needs an input with at least {expected} axis (the batch not counted), received {received}. Give the input a shape such as [4].",
    "此层的输入至少要有 {expected} 个轴（不含批次），收到 {received} 个。请为输入设置形状，例如 [4]。",
  ],
  "design.shapes_differ": [
    "The inputs must have the same shape: expected {expected}, received {received}. Give the layers before it the same number of units, or reshape one of them.",
    "各输入的形状必须一致：应为 {expected}，收到 {received}。请让前面的层单元数相同，或用 Reshape 改变其中一个。",
  ],
  "design.too_few_inputs": [
    "This layer merges at least {expected} inputs, received {received}. Connect another layer to it, or remove it.",
    "此层至少合并 {expected} 个输入，收到 {received} 个。请再连接一个层，或将其删除。",
  ],
  "design.axis_out_of_range": [
    "Axis {axis} does not exist: the inputs have {rank} axes, numbered 1 to {rank}, or -1 for the last. Choose one of these.",
    "轴 {axis} 不存在：输入有 {rank} 个轴，编号 1 到 {rank}，-1 表示最后一个。请从中选择。",
  ],
  "design.gate_activation": [
    "The option '{option}' is {activation}, which works on whole rows; the gates of a recurrent layer decide number by number. Choose Tanh, Sigmoid, ReLU or another such function.",
    "选项“{option}”为 {activation}，它作用于整行；循环层的门逐个数地决定。请选择 Tanh、Sigmoid、ReLU 等逐元素函数。",
  ],
  "design.recurrent_port": [
    "What is connected to '{port}' must have the shape {expected}, received {received}. Connect a layer of that size, or nothing.",
    "连接到“{port}”的形状应为 {expected}，收到 {received}。请连接这样大小的层，或不连接。",
  ],
  "design.reshape_size": [
    "{size} values of shape {received} do not fit the shape {expected}. The product of the axes must be {size}; one axis may be -1.",
    "形状 {received} 的 {size} 个数无法排成 {expected}。各轴乘积必须是 {size}，其中一个轴可为 -1。",
  ],
  "design.rank_expected": [
    "This layer needs an input with {expected} axes, {form} (the batch not counted), received {received}. Give the input such a shape, or put Reshape before it.",
    "此层的输入需要 {expected} 个轴，即 {form}（不含批次），收到 {received}。请为输入设置这样的形状，或在前面加 Reshape。",
  ],
  "design.too_many_inputs": [
    "This layer takes {expected} inputs, received {received}. Remove a connection.",
    "此层接受 {expected} 个输入，收到 {received} 个。请删除一条连接。",
  ],
  "design.not_a_permutation": [
    "The order {received} does not name each of the {rank} axes of the shape {shape} once. Give the numbers 1 to {rank}, each once.",
    "顺序 {received} 没有把形状 {shape} 的 {rank} 个轴各列一次。请填写 1 到 {rank}，每个一次。",
  ],
  "design.slice_out_of_range": [
    "Axis {axis} has {length} entries, but the slice goes from {start} up to {end}. Choose a start and a size within it.",
    "轴 {axis} 有 {length} 项，而切片从 {start} 到 {end}。请选择范围内的起点和数量。",
  ],
  "design.nothing_left": [
    "Axis {axis} has {size} entries and {removed} are to be left out, so nothing would be left. Leave out fewer.",
    "轴 {axis} 有 {size} 项，却要去掉 {removed} 项，什么都不会剩下。请少去掉一些。",
  ],
  "design.dot_axes_differ": [
    "The summed axes must be of one length: {expected} in the first input {first}, {received} in the second {second}. Choose other axes, or inputs that fit.",
    "被求和的两个轴必须等长：第一个输入 {first} 中为 {expected}，第二个 {second} 中为 {received}。请选择其他轴或合适的输入。",
  ],
  "design.pair_expected": [
    "The option '{option}' needs one number, or two for height and width, received {received}. Write for example 3, 3.",
    "选项“{option}”需要一个数，或分别用于高和宽的两个数，收到 {received}。例如写成 3, 3。",
  ],
  "design.window_too_large": [
    "A window that spans {span} does not fit into the axis '{axis}' of length {length} without padding. Use a smaller window, set padding to same, or give the layer a larger input.",
    "跨度为 {span} 的窗口放不进长度为 {length} 的轴“{axis}”（无填充）。请减小窗口、把 padding 设为 same，或给该层更大的输入。",
  ],
  "design.output_padding_too_large": [
    "The output padding {received} must be below the strides {strides}. Make it smaller, or leave it unset.",
    "输出填充 {received} 必须小于步幅 {strides}。请改小，或不设置。",
  ],
  "design.stride_with_dilation": [
    "Strides {strides} and dilation {dilation} cannot both be above 1. Set one of them to 1.",
    "步幅 {strides} 和空洞 {dilation} 不能同时大于 1。请把其中之一设为 1。",
  ],
  "design.groups_do_not_divide": [
    "{groups} groups do not divide {count} {what}. Choose a number of groups that divides it.",
    "{groups} 个组无法整除 {count} 个 {what}。请选择能整除的组数。",
  ],
  "design.input_shape_unknown": [
    "The shape of this input is not known yet. Choose data, or set its shape, for example [4] for four numbers a row.",
    "此输入的形状尚未知。请选择数据，或设置形状，例如每行四个数就填 [4]。",
  ],
  "design.input_shape_mismatch": [
    "The shape {expected} holds {size} values a row, but the data give {received}. Change the shape, or choose other columns.",
    "形状 {expected} 每行有 {size} 个值，而数据给出 {received} 个。请修改形状，或选择其他列。",
  ],
  "design.class_count_mismatch": [
    "The target has {classes} classes, but {units} values arrive here. Set the units of the last layer to the number of classes (two classes may also be one sigmoid unit with binary cross-entropy).",
    "目标有 {classes} 个类别，但到达此处的是 {units} 个值。请把最后一层的单元数设为类别数（两类也可用一个 sigmoid 单元加二元交叉熵）。",
  ],
  "design.not_in_keras": ["Keras cannot say {what} of this layer.", "Keras 无法表达该层的 {what}。"],
  "design.activation_not_in_keras": ["Keras has no activation like {activation}.", "Keras 没有与 {activation} 相当的激活函数。"],
  "design.all_frozen": [
    "All weights are frozen: training would change nothing. Train at least one layer.",
    "所有权重都已冻结：训练不会改变任何东西。请至少训练一层。",
  ],
  "design.activation_needs_weights": [
    "{activation} has weights of its own, and this layer has no place for them. Take another activation here, or put an activation layer behind it.",
    "{activation} 自带可学习的权重，此层无法存放。请在这里换用别的激活函数，或在其后加一个激活层。",
  ],
  "design.initializer_needs_matrix": [
    "'{name}': the initializer {initializer} cannot fill {parameter} of shape {shape}: it wants a matrix. Choose another one for {parameter}.",
    "“{name}”：初始化方式 {initializer} 无法用于形状为 {shape} 的 {parameter}：它需要矩阵。请为 {parameter} 另选一种。",
  ],
  "design.one_unit_softmax": [
    "The loss {loss} compares several probabilities, but only one value arrives here. Use one unit a class, or one sigmoid unit with binary cross-entropy for two classes.",
    "损失 {loss} 需要多个概率，但到达此处的只有一个值。请每类用一个单元；若只有两类，可用一个 sigmoid 单元加二元交叉熵。",
  ],
  "design.target_width_mismatch": [
    "The target has {columns} columns of numbers, but {units} values arrive here. Set the units of the last layer to {columns}.",
    "目标有 {columns} 个数值列，但到达此处的是 {units} 个值。请把最后一层的单元数设为 {columns}。",
  ],
  "design.target_input_missing": [
    "The target is the input '{name}', but no input has that name. Choose one of the inputs of this design, or clear the field to use the target columns.",
    "目标设为输入“{name}”，但没有叫这个名字的输入。请选择本设计中的一个输入，或清空该项以使用目标列。",
  ],
  "design.target_input_size": [
    "The target is the input '{name}' with {expected} values, but {received} values arrive here. Set the units of the last layer to {expected}.",
    "目标是输入“{name}”，共 {expected} 个值，但到达此处的是 {received} 个。请把最后一层的单元数设为 {expected}。",
  ],
} satisfies Catalogue;
