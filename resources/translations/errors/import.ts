/** Errors of models that come from other tools. */
import type { Catalogue } from "../translate.ts";

export const importErrors = {
  "import.malformed": [
    "The file says it is a Keras model but cannot be read at '{path}'. Save it again with model.to_json() or as a TensorFlow.js layers model.",
    "该文件看起来是 Keras 模型，但在“{path}”处无法读取。请用 model.to_json() 重新保存，或保存为 TensorFlow.js layers 模型。",
  ],
  "import.no_model_chosen": [
    "No model is among these files. Choose one .json, and with it the .bin files of a TensorFlow.js model.",
    "这些文件中没有模型。请选择一个 .json 文件，TensorFlow.js 模型还需同时选择其 .bin 文件。",
  ],
  "import.neither_known": [
    "This is neither a design nor a trained model of Neuroloom, nor a model of Keras or TensorFlow.js. Choose a .design.json, a .model.json, or what model.to_json() wrote.",
    "该文件既不是 Neuroloom 的设计或训练好的模型，也不是 Keras 或 TensorFlow.js 模型。请选择 .design.json、.model.json，或由 model.to_json() 写出的文件。",
  ],
  "import.layer_not_supported": [
    "The layer '{name}' is a {layer}, which Neuroloom does not have. Replace it in the model and save again.",
    "层“{name}”的类型 {layer} 在 Neuroloom 中不存在。请在模型中替换它后重新保存。",
  ],
  "import.layers_not_supported": [
    "Neuroloom does not have {count} layers of this model, of {kinds} {kinds|kind|kinds}: {layers}. Replace them in the model and save again.",
    "该模型中有 {count} 个层在 Neuroloom 中不存在，共 {kinds} 种：{layers}。请在模型中替换它们后重新保存。",
  ],
  "import.option_not_supported": ["{option} = {value} has no counterpart here.", "{option} = {value} 在这里没有对应的选项。"],
  "import.layer_option_not_supported": [
    "The layer '{name}' ({layer}) has {option} = {value}, which Neuroloom does not have. Change it in the model and save again.",
    "层“{name}”（{layer}）的 {option} = {value} 在 Neuroloom 中不存在。请在模型中修改后重新保存。",
  ],
  "import.mask_lost": [
    "Keras counts padded steps in the layer '{name}' ({layer}), because it hands it no mask; Neuroloom would leave them out. Hand it the mask (mask=), or take the padding's mask away before it, and save again.",
    "Keras 未向层“{name}”（{layer}）传递掩码，因此会把填充的步也计算在内；Neuroloom 则会忽略它们。请向该层传入掩码（mask=），或在它之前去掉填充的掩码，然后重新保存。",
  ],
  "import.mask_taken": [
    "Keras's MultiHeadAttention takes the mask off the tensors that it is given. Padded steps therefore count in the layer '{name}' ({layer}), or in an attention before it; in Neuroloom they would not. Give every attention an embedding of its own, or do without mask_zero and Masking, and save again.",
    "Keras 的 MultiHeadAttention 会去掉其输入张量上的掩码，因此填充的步会在层“{name}”（{layer}）或它之前的注意力层中被计算在内；Neuroloom 则会忽略它们。请为每个注意力层使用单独的嵌入层，或不使用 mask_zero 和 Masking，然后重新保存。",
  ],
  "import.padding_fills": [
    "Where steps are padded, Keras has other numbers at the layer '{name}' ({layer}) than Neuroloom would have. Do without mask_zero and Masking before it, and save again.",
    "在填充的步上，Keras 在层“{name}”（{layer}）处的数与 Neuroloom 不同。请去掉它之前的 mask_zero 和 Masking，然后重新保存。",
  ],
  "import.masks_differ": [
    "Several masks reach the layer '{name}' ({layer}). The Keras that wrote this file puts them together in another way than Neuroloom, so that other steps would count. Give all inputs the same mask, and save again.",
    "有多个掩码到达层“{name}”（{layer}）。写出该文件的 Keras 合并它们的方式与 Neuroloom 不同，计入的步会不一样。请让所有输入使用同一个掩码，然后重新保存。",
  ],
  "import.shape_open": [
    "The input '{name}' leaves an axis open: {received}. Neuroloom needs every length; build the model with a fixed shape.",
    "输入“{name}”有未确定的轴：{received}。Neuroloom 需要确定每个长度，请用固定形状构建模型。",
  ],
  "import.weights_file_missing": [
    "The model's weights are in '{file}', which was not given. Choose the .json and all .bin files together.",
    "模型的权重在“{file}”中，但未提供该文件。请同时选择 .json 和所有 .bin 文件。",
  ],
  "import.weights_dtype": [
    "The weight '{name}' is stored as {dtype} or quantized; only plain float32 can be read. Convert the model again without quantization, or choose the .json alone: the design comes in without weights.",
    "权重“{name}”以 {dtype} 或量化形式存储；只能读取普通 float32。请在转换模型时不使用量化，或只选择 .json 文件，以导入不带权重的设计。",
  ],
  "import.weights_wrong_size": [
    "The weights should take {expected} bytes, and the files have {received}. A file is cut off or belongs to another model.",
    "权重应占 {expected} 字节，但文件有 {received} 字节。文件不完整，或属于另一个模型。",
  ],
  "import.too_wide": [
    "The model takes {columns} numbers a row; with its weights at most {most} can come in. Choose the .json alone: the design comes in without weights.",
    "该模型每行需要 {columns} 个数；连同权重导入时最多 {most} 个。请只选择 .json 文件，以导入不带权重的设计。",
  ],
  "import.weights_differ": [
    "The weights of the layer '{name}' do not fit: expected {expected}, received {received}.",
    "层“{name}”的权重不匹配：应为 {expected}，实际为 {received}。",
  ],
} as const satisfies Catalogue;
