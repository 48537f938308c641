/** Texts of the design: mistakes found while drawing, reading a file or checking (design.*). */
import type { Catalogue } from "../translate.ts";

export const designErrors = {
  // Repeating
  "design.repeat_end": [
    "{name} is where the network begins or ends: it cannot stand in a row of copies. Take it out of the choice, or out of the group.",
    "{name} 是网络的起点或终点，不能连续重复。请将它移出选择或编组。",
  ],
  "design.repeat_apart": [
    "{names} cannot be repeated in a row: nothing leads from {from}, where the row begins, to {to}, where it ends. Choose layers that follow one another.",
    "无法连续重复 {names}：从开头的 {from} 没有连接通向末尾的 {to}。请选择前后相连的层。",
  ],
  "design.repeat_shapes": [
    "{names} cannot follow itself: in a copy, {layer} does not take the shape that comes out of the one before. Let the row give the shape that it takes.",
    "{names} 不能首尾相接：在副本中，{layer} 不接受前一个副本输出的形状。请让这一排层的输出形状与输入形状一致。",
  ],
  // The graph
  "design.empty": [
    "The design is empty. Drag an input, a layer and an output from the palette onto the canvas and connect them.",
    "设计是空的。请从左侧面板把输入、层和输出拖到画布上并连接起来。",
  ],
  "design.no_input": [
    "The design has no input, so no data can come in. Add one from the palette and connect it.",
    "设计中没有输入，数据无法进入。请从面板添加一个并连接。",
  ],
  "design.no_data": ["The design has no data. Choose a data set and its target.", "设计中没有数据。请选择数据集及其目标列。"],
  "design.no_output": [
    "The design has no output, so there is nothing to train towards. Add one from the palette and connect the last layer to it.",
    "设计中没有输出，训练没有目标。请从面板添加一个，并把最后一层连到它。",
  ],
  "design.cycle": [
    "These layers form a loop: {nodes}. Data must flow from inputs to outputs only; remove one of the connections between them.",
    "这些层形成了环：{nodes}。数据只能从输入流向输出；请删除其中一条连接。",
  ],
  "design.id_reserved": [
    "The id '{id}' of '{name}' ends with a colon and a number, which is how the later outputs of a layer are named. Give it another id.",
    "“{name}”的标识“{id}”以冒号和数字结尾，这是层的后续输出的写法。请换一个标识。",
  ],
  "design.not_connected": [
    "Nothing is connected to '{name}' where it needs it ({ports}). Connect a layer to it, or remove it.",
    "“{name}”所需的输入没有连接（{ports}）。请把某一层连到它，或将其删除。",
  ],
  "design.bypassed_input": [
    "'{name}' brings the data in and cannot be skipped. Switch it on again, or remove it.",
    "“{name}”负责引入数据，不能跳过。请重新启用或删除它。",
  ],
  "design.unknown_layer": [
    "'{name}' is a layer of type '{type}', which this version does not know. It is kept as it is, but cannot be trained. Replace it, or use the version that made it.",
    "“{name}”的类型“{type}”本版本不认识。它会原样保留，但无法训练。请替换它，或使用创建它的版本。",
  ],
  "design.share_needs_two": [
    "Weights are shared by two or more layers that have weights; {received} of the chosen {received|layer has|layers have} any. Choose the layers that are to use the same weights.",
    "共享权重需要两个或更多带权重的层；所选层中有 {received} 个带权重。请选择要使用同一权重的层。",
  ],
  "design.share_one_type": [
    "Layers that share weights are of one type; the chosen ones are {types}. Choose layers of one type.",
    "共享权重的层必须为同一类型；所选的类型有 {types}。请选择同一类型的层。",
  ],
  "design.shared_owner_missing": [
    "'{name}' uses the weights of a layer that is not there, is of another type, is skipped, or has none of its own. Choose another layer, or give it weights of its own.",
    "“{name}”共享的层不存在、类型不同、被跳过，或自身没有权重。请选择其他层，或让它使用自己的权重。",
  ],
  "design.shared_config_differs": [
    "'{name}' uses the weights of '{owner}', so both must have the same options. Copy the options of '{owner}', or give '{name}' weights of its own.",
    "“{name}”共享“{owner}”的权重，因此两者的选项必须相同。请采用“{owner}”的选项，或让“{name}”使用自己的权重。",
  ],
  "design.shared_shapes_differ": [
    "'{name}' uses the weights of '{owner}', but its input needs other ones: expected {expected}, needs {received}. Give it an input of the same shape, or weights of its own.",
    "“{name}”共享“{owner}”的权重，但其输入需要不同的形状：应为 {expected}，需要 {received}。请给它相同形状的输入，或让它使用自己的权重。",
  ],

  // Connecting
  "design.connect_to_itself": ["A layer cannot be connected to itself. Connect it to another layer.", "层不能连接到自身。请连接到另一层。"],
  "design.connect_cycle": [
    "Connecting '{from}' to '{to}' would close a loop: '{from}' already depends on '{to}'. Data must flow from inputs to outputs only.",
    "把“{from}”连到“{to}”会形成环：“{from}”已经依赖“{to}”。数据只能从输入流向输出。",
  ],
  "design.already_connected": ["These two ports are connected already. Connect another layer.", "这两个端口已经相连。请连接其他层。"],
  "design.port_taken": [
    "The input '{port}' of '{node}' takes one connection and has one. Remove that one first, or merge the two with add or concatenate.",
    "“{node}”的输入“{port}”只接受一条连接，且已有一条。请先删除它，或用 add、concatenate 合并两者。",
  ],
  "design.group_ports_several": [
    "Several layers of '{group}' can take it: {names}. Let it go over the port of one of them, or open the group.",
    "“{group}”中有多个层可以接受：{names}。请在其中一个端口上松开，或展开该编组。",
  ],
  "design.group_no_port": [
    "No layer of '{group}' has a free port on that side. Open the group to connect one of its layers.",
    "“{group}”在该侧没有空闲端口。请展开编组，再连接其中的层。",
  ],
  "design.kinds_differ": [
    "These ports do not fit: expected {expected}, received {received}. Connect an output of the same kind.",
    "端口类型不符：应为 {expected}，收到 {received}。请连接同类型的输出。",
  ],
  "design.unknown_port": ["'{node}' has no port '{port}'. Its ports are: {known}.", "“{node}”没有端口“{port}”。可用端口：{known}。"],
  "design.cannot_reorder": [
    "'{name}' cannot change places with its neighbour: both have to stand in a row, with one connection in and one between them, and none of them in a collapsed group that the other is not in.",
    "“{name}”无法与相邻层交换位置：两者须前后相连，各有一个输入，中间没有分支，并且不能只有其中一个在折叠的分组中。",
  ],
  "design.cannot_leave": [
    "Nothing that stands before '{name}' can feed what it feeds, so it cannot be led into another connection by dragging. Disconnect it first.",
    "“{name}”之前没有可以直接为它之后的层提供输入的层，因此不能通过拖动改接到别处。请先断开它的连接。",
  ],
  "design.cannot_take_out": [
    "'{name}' brings several connections together and cannot be led into another by dragging. Disconnect it first.",
    "“{name}”汇合了多个连接，无法通过拖动改接到别处。请先断开它的连接。",
  ],
  "design.cannot_insert": [
    "'{name}' cannot be put into a connection: it needs an input and an output of the same kind. Drop it beside the connection.",
    "“{name}”不能插入连接：它需要同类型的输入和输出。请把它放在连接旁边。",
  ],

  // Commands
  "design.unknown_node": [
    "There is no layer with the id '{id}' in this design; it may have been removed. Choose another one.",
    "此设计中没有 id 为“{id}”的层，可能已被删除。请选择其他层。",
  ],
  "design.unknown_edge": [
    "There is no connection with the id '{id}' in this design; it may have been removed.",
    "此设计中没有 id 为“{id}”的连接，可能已被删除。",
  ],
  "design.unknown_group": [
    "There is no group with the id '{id}' in this design; it may have been dissolved.",
    "此设计中没有 id 为“{id}”的编组，可能已被解散。",
  ],
  "design.too_many_layers": ["A design holds {max} layers at most. Nothing was added.", "一个设计最多包含 {max} 个层。未添加任何内容。"],
  "design.too_many_edges": [
    "A design holds {max} connections at most. Nothing was added.",
    "一个设计最多包含 {max} 个连接。未添加任何内容。",
  ],
  "design.unknown_annotation": [
    "There is no note or frame with the id '{id}' in this design; it may have been deleted.",
    "此设计中没有 id 为“{id}”的便签或框，可能已被删除。",
  ],
  "design.duplicate_id": [
    "The id '{id}' is used twice. Every layer, connection and group needs an id of its own.",
    "id“{id}”被重复使用。每个层、连接和编组都需要自己的 id。",
  ],
  "design.name_taken": [
    "Another layer is called '{name}' already. Choose another name: weights are stored under it.",
    "已有另一层名为“{name}”。请换一个名称：权重以名称保存。",
  ],
  "design.name_empty": ["A layer needs a name. Type at least one character.", "层必须有名称。请至少输入一个字符。"],
  "design.name_too_long": [
    "The name has {received} characters, at most {max} are allowed. Shorten it.",
    "名称有 {received} 个字符，最多允许 {max} 个。请缩短。",
  ],
  "design.too_many_notes": [
    "A design holds {max} notes and frames at most. Nothing was added.",
    "一个设计最多包含 {max} 个便签和框。未添加任何内容。",
  ],
  "design.note_too_large": [
    "A note or frame is at most {max} pixels wide and high. Choose layers that lie closer together.",
    "便签或框的宽和高最多为 {max} 像素。请选择相距更近的层。",
  ],
  "design.bad_position": ["The position of '{node}' is not a pair of finite numbers.", "“{node}”的位置不是一对有限的数。"],
  "design.bad_index": [
    "The places given do not fit the list: expected {expected}, received {received}.",
    "给出的位置与列表不符：应为 {expected}，收到 {received}。",
  ],
  "design.nothing_selected": ["No layer is selected. Select at least one.", "没有选中任何层。请至少选择一个。"],
  "design.not_a_selection": [
    "What is on the clipboard is not layers copied from a design. Select layers, copy them with Ctrl+C, and paste again.",
    "剪贴板里的内容不是从设计中复制的层。请选中层并按 Ctrl+C 复制，然后重新粘贴。",
  ],
  "design.broken_selection": [
    "The layers on the clipboard are damaged: part of what was copied is missing or was changed. Copy them again with Ctrl+C, and paste again.",
    "剪贴板里的层已损坏：复制的内容有缺失或被改动。请按 Ctrl+C 重新复制，然后再粘贴。",
  ],
  "design.empty_selection": [
    "The design on the clipboard has no layers and no notes. Select layers, copy them with Ctrl+C, and paste again.",
    "剪贴板里的设计没有层，也没有注释。请选中层并按 Ctrl+C 复制，然后重新粘贴。",
  ],
  "design.no_such_pasted_port": [
    "On the clipboard a connection of '{node}' ends at '{port}', which a layer of its type does not have. Copy the layers again, or correct the text.",
    "剪贴板里“{node}”的一条连接通到“{port}”，而这种类型的层没有这个端口。请重新复制这些层，或改正文本。",
  ],

  // Files
  "design.empty_file": ["The design file is empty. Choose another one.", "设计文件是空的。请选择其他文件。"],
  "design.cut_off": [
    "The design file ends in the middle, after {length} characters: it was cut off while it was written or copied. Use another copy of it.",
    "设计文件在第 {length} 个字符后中断：写入或复制时被截断。请使用另一份副本。",
  ],
  "design.not_json": [
    "The design file is not JSON: {detail}. Choose a file that was saved as a design.",
    "设计文件不是 JSON：{detail}。请选择保存为设计的文件。",
  ],
  "design.wrong_format": [
    "This is not a design: its format should be '{expected}', received {received}. Choose a design.json.",
    "这不是设计文件：format 应为“{expected}”，收到 {received}。请选择 design.json。",
  ],
  "design.no_version": [
    'The design does not say in which version of the format it is written. Add "format_version": {supported}, or save it again in Neuroloom.',
    '设计未说明其格式版本。请添加 "format_version": {supported}，或在 Neuroloom 中重新保存。',
  ],
  "design.wrong_version": [
    "The format version of the design should be a whole number, {supported} at most, received {received}. Correct format_version, or save the design again in Neuroloom.",
    "设计的格式版本应为不大于 {supported} 的正整数，收到的是 {received}。请修改 format_version，或在 Neuroloom 中重新保存设计。",
  ],
  "design.newer_version": [
    "This was made by a newer version of Neuroloom: format version {version}, this one reads up to {supported}. Update Neuroloom to open it.",
    "此内容由更新版本的 Neuroloom 创建：格式版本 {version}，当前最高支持 {supported}。请更新后再打开。",
  ],
  "design.bad_field": [
    "The design is not valid at {path}: expected {expected}, received {received}. Correct the value there.",
    "设计在 {path} 处无效：应为 {expected}，收到 {received}。请改正该值。",
  ],
  "design.edge_end_missing": [
    "The connection '{edge}' is dangling: its {end} is the layer '{node}', which is not in the design. Remove the connection, or add the layer.",
    "连接“{edge}”悬空：它的 {end} 端是层“{node}”，而设计中没有该层。请删除该连接，或补上该层。",
  ],
  "design.dangling_edge": [
    "The connection '{edge}' is dangling: a layer at one of its ends is not in the design. Remove the connection.",
    "连接“{edge}”悬空：它一端的层不在设计中。请删除该连接。",
  ],
  "design.edge_unknown_port": [
    "The connection '{edge}' uses the port '{port}' of '{node}', which has none of that name. Its ports are: {known}.",
    "连接“{edge}”使用了“{node}”的端口“{port}”，但没有这个端口。可用端口：{known}。",
  ],
  "design.group_unknown_node": [
    "The group '{group}' holds the layer '{node}', which is not in the design. Remove it from the group.",
    "编组“{group}”包含层“{node}”，而设计中没有该层。请将其移出编组。",
  ],

  // Advice
  "design.softmax_of_one": [
    "The {activation} of a single unit is always 1, so '{name}' says nothing. Use Sigmoid for two classes, or one unit a class.",
    "单个单元的 {activation} 恒等于 1，“{name}”不含任何信息。两类请用 Sigmoid，或每类一个单元。",
  ],
  "design.loss_wants_probabilities": [
    "The loss {loss} needs probabilities, but '{name}' ends with {activation}, which gives any number. Set its activation to {expected_activation}.",
    "损失 {loss} 需要概率，但“{name}”以 {activation} 结束，会给出任意数值。请把激活函数设为 {expected_activation}。",
  ],
  "design.loss_wants_other_probabilities": [
    "The loss {loss} usually follows {expected_activation}, but '{name}' ends with {activation}. Softmax is for one class of several, Sigmoid for independent yes/no answers.",
    "损失 {loss} 通常接在 {expected_activation} 之后，但“{name}”以 {activation} 结束。Softmax 用于多类选一，Sigmoid 用于彼此独立的是/否判断。",
  ],
  "design.output_is_limited": [
    "'{name}' ends with {activation}, which only reaches a small range, while the loss {loss} compares with any number. Set its activation to linear, unless the target lies in that range.",
    "“{name}”以 {activation} 结束，取值范围有限，而损失 {loss} 要与任意数值比较。除非目标就在该范围内，否则请把激活函数设为 linear。",
  ],
  "design.dense_on_grid": [
    "'{name}' gets the shape {received} and weighs only its last axis ({last} values) at each position. If every value should count, put Flatten before it.",
    "“{name}”收到的形状是 {received}，只在每个位置上对最后一个轴（{last} 个值）加权。若要用到全部数值，请在它前面加 Flatten。",
  ],
  "design.dead_end": [
    "The output of '{name}' goes nowhere, so it is not trained. Connect it, or remove it.",
    "“{name}”的输出没有去处，因此不会被训练。请连接或删除它。",
  ],
  "design.linear_after_linear": [
    "'{name}' has no activation and is followed by '{next}': two linear layers in a row can do no more than one. Give '{name}' an activation such as ReLU.",
    "“{name}”没有激活函数，其后又是“{next}”：两个连续的线性层不比一个更强。请给“{name}”设置 ReLU 之类的激活函数。",
  ],
  "design.vanishing_gradients": [
    "'{name}' is the last of {count} layers in a row whose activation ({activation}) is flat at both ends: little of the gradient reaches the first of them, which hardly learn. Use ReLU, or put normalization between.",
    "“{name}”是连续 {count} 个两端平坦的激活函数（{activation}）中的最后一个：梯度几乎传不到最前面的层，它们很难学习。请用 ReLU，或在中间加入归一化。",
  ],
  "design.dropout_before_batch_normalization": [
    "'{before}' stands directly before '{name}': dropout changes the variance in training only, so the moving statistics do not fit prediction. Put the dropout after the normalization.",
    "“{before}”紧接在“{name}”之前：dropout 只在训练时改变方差，使移动统计量与预测时不符。请把 dropout 放到归一化之后。",
  ],
  "design.batch_of_one": [
    "'{name}' normalizes over the batch, but a batch has one row, which is its own mean: everything comes out the same. Use a larger batch size.",
    "“{name}”按批次归一化，但每批只有一行，均值就是它自己，输出全都相同。请增大批次大小。",
  ],
  "design.learning_rate_far_off": [
    "The learning rate {rate} is far from what {optimizer} usually takes ({usual}). Too high, and the loss jumps or becomes NaN; too low, and it hardly falls.",
    "学习率 {rate} 与 {optimizer} 的常用值（{usual}）相差很远。太大会使损失跳动或变成 NaN，太小则几乎不下降。",
  ],
  "design.no_validation": [
    "No rows are held out for validation, so nothing will show whether the network only learns its rows by heart. Hold out a part.",
    "没有留出验证数据，无法看出网络是否只是死记训练数据。请留出一部分。",
  ],
  "design.early_stopping_without_validation": [
    "Early stopping watches the validation loss, but no rows are held out for validation. Hold out a part, or watch the training loss.",
    "早停监视验证损失，但没有留出验证数据。请留出一部分，或改为监视训练损失。",
  ],
} satisfies Catalogue;
