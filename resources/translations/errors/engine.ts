/** Texts of the errors of the engine: unknown names in a spec, what stops a training run, what this machine lacks to train. */
import type { Catalogue } from "../translate.ts";

export const engineErrors = {
  "engine.initial_weight_unknown": [
    "There is no parameter '{name}' to start from what was given. The network has {known}.",
    "没有名为“{name}”的参数可以使用给定的初始值。网络中有：{known}。",
  ],
  "engine.initial_weights_wrong_size": [
    "'{name}' has {expected} numbers; {received} were given to start from. Give the layer the size of the vectors.",
    "“{name}”有 {expected} 个数；给定的初始值有 {received} 个。请让层的大小与向量一致。",
  ],
  "engine.simd_missing": [
    "The engine needs WebAssembly with {missing}, which this program runs without. Use Node 22 or newer, or a current Chromium, Edge or Firefox; without relaxed SIMD choose the arithmetic “reproducible” in the training options.",
    "引擎需要支持 {missing} 的 WebAssembly，而当前环境不支持。请使用 Node 22 或更高版本，或新版 Chromium、Edge 或 Firefox；若只缺少 relaxed SIMD，请在训练选项中把算术改为“reproducible”。",
  ],
  "engine.out_of_memory": [
    "The network needs {megabytes} MB in one piece, which this machine could not give (WebAssembly takes at most 4,096 MB). Choose a smaller batch, narrower layers, or close other programs.",
    "该网络需要一整块 {megabytes} MB 的内存，本机无法提供（WebAssembly 上限为 4,096 MB）。请减小批大小、缩窄各层，或关闭其他程序。",
  ],
  "engine.thread_lost": [
    "One of the {threads} threads of the engine ended or stood still for a minute, so the step could not be finished. Start the run again from its last checkpoint; if it happens again, train with one thread.",
    "引擎的 {threads} 个线程中有一个已结束或停滞一分钟，无法完成这一步。请从最近的检查点继续；如再次发生，请改用单线程训练。",
  ],
  "engine.over_memory_limit": [
    "Training would take {needed} MB of memory, more than the limit of {limit} MB. The largest parts are {layers}. Choose a smaller batch or narrower layers, or raise the limit.",
    "训练需要 {needed} MB 内存，超过 {limit} MB 的上限。占用最多的是：{layers}。请减小批大小或缩窄各层，或提高上限。",
  ],

  "spec.unknown_optimizer": [
    "The optimizer '{name}' is not known; this version has {known}. Choose one of these in the training options.",
    "未知的优化器“{name}”，本版本有：{known}。请在训练选项中选择其中之一。",
  ],
  "spec.unknown_loss": [
    "The loss '{name}' is not known; this version has {known}. Choose one of these in the output layer.",
    "未知的损失函数“{name}”，本版本有：{known}。请在输出层中选择其中之一。",
  ],
  "spec.unknown_metric": [
    "The metric '{name}' is not known; this version has {known}. Choose one of these.",
    "未知的指标“{name}”，本版本有：{known}。请选择其中之一。",
  ],
  "spec.unknown_activation": [
    "The activation '{name}' is not known; this version has {known}. Choose one of these.",
    "未知的激活函数“{name}”，本版本有：{known}。请选择其中之一。",
  ],
  "train.unknown_metric": [
    "There is no figure “{name}” that could have a curve. The training options list those that there are, under Curves.",
    "没有名为“{name}”、可绘成曲线的指标。训练选项的“曲线”中列出了可用的指标。",
  ],
  "spec.unknown_schedule": [
    "The learning-rate schedule '{name}' is not known; this version has {known}. Choose one of these in the training options.",
    "未知的学习率调度“{name}”，本版本有：{known}。请在训练选项中选择其中之一。",
  ],
  "spec.unknown_initializer": [
    "The initializer '{name}' is not known; this version has {known}. Choose one of these.",
    "未知的初始化方法“{name}”，本版本有：{known}。请选择其中之一。",
  ],

  "train.not_finite": [
    "Training stopped at step {step}: this layer gave a number that is infinite or not a number (NaN). Lower the learning rate, clip the gradients, or look for extreme values in the data. The run is kept.",
    "训练在第 {step} 步停止：此层得到无穷大或非数值（NaN）。请降低学习率、裁剪梯度，或检查数据中的极端值。此次训练已保留。",
  ],
  "train.not_finite_loss": [
    "Training stopped at step {step}: the loss became infinite or not a number (NaN). Lower the learning rate, clip the gradients, or look for extreme values in the data. The run is kept.",
    "训练在第 {step} 步停止：损失变成无穷大或非数值（NaN）。请降低学习率、裁剪梯度，或检查数据中的极端值。此次训练已保留。",
  ],
  "train.not_finite_weight": [
    "Training stopped at step {step}: the weight '{parameter}' became infinite or not a number (NaN) in the step before. Lower the learning rate or clip the gradients. The run is kept.",
    "训练在第 {step} 步停止：权重“{parameter}”在上一步变成无穷大或非数值（NaN）。请降低学习率或裁剪梯度。此次训练已保留。",
  ],
  "train.not_finite_input": [
    "Training stopped at step {step}: the data that enter here hold a value that is infinite or not a number (NaN), where finite numbers are expected. Fill in missing values and check the columns of this input. The run is kept.",
    "训练在第 {step} 步停止：从这里进入的数据含有无穷大或非数值（NaN），而此处需要有限的数。请填补缺失值并检查此输入的各列。此次训练已保留。",
  ],
  "train.range_test_running": [
    "This range test is running already. Cancel it, or wait until it ends.",
    "该学习率范围测试已在运行。请取消它，或等它结束。",
  ],
  "train.range_test_backwards": [
    "A range test goes from a small learning rate to a larger one; received from {from} to {to}. Expected two numbers above 0, the first one smaller.",
    "学习率范围测试从较小的学习率增大到较大的学习率；收到的是从 {from} 到 {to}。应为两个大于 0 的数，且前者较小。",
  ],
  "train.class_weight_unsupported": [
    "Balanced class weights need an output whose target is one of several classes; the targets of this design are numbers or several yes/no columns. Set class_weight to none, or change an output.",
    "平衡类别权重要求至少有一个输出的目标为若干类别之一；当前设计的目标都是数值或多个是/否列。请将 class_weight 设为 none，或更改某个输出。",
  ],
} satisfies Catalogue;
