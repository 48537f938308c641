/**
 * Texts of core/data and core/steps: columns, windows, targets and steps that do not fit. What concerns the files themselves is in
 * data-files.ts and data-sources.ts. Rows are counted from 1, without the header.
 */
import type { Catalogue } from "../translate.ts";

const columnErrors = {
  "data.column_missing": [
    "{count} columns that are needed are not in the table: {columns}. Correct the names in the file, or prepare the design for this table.",
    "表中缺少 {count} 个需要的列：{columns}。请改正文件中的列名，或为这张表重新准备设计。",
  ],
  "data.column_wrong_type": [
    "Column '{column}' should be {expected}, received {received}. Change the column's type.",
    "列“{column}”应为 {expected}，收到的是 {received}。请修改列的类型。",
  ],
  "data.column_type_changed": [
    "Column '{column}' was {expected} in training and is {received} now. Change the column's type.",
    "列“{column}”训练时是 {expected}，现在是 {received}。请修改列的类型。",
  ],
  "data.not_a_number": [
    "Column '{column}' is numeric, but row {row} holds '{value}' ({count} such cells). Set the column's type to categorical, or add the text to its missing values.",
    "列“{column}”是数值列，但第 {row} 行是“{value}”（共 {count} 个这样的单元格）。请把列类型改为类别，或把该文本加入缺失标记。",
  ],
  "data.not_a_date": [
    "Column '{column}' holds dates, but row {row} holds '{value}' ({count} such cells). Correct the cells, or change the column's type or date format.",
    "列“{column}”是日期列，但第 {row} 行是“{value}”（共 {count} 个这样的单元格）。请改正，或修改列的类型或日期格式。",
  ],
  "data.not_a_time": [
    "Column '{column}' holds times of day, but row {row} holds '{value}' ({count} such cells). Correct the cells, or change the column's type; times go to 23:59, and all of a column are written alike (13:45 or 1:45 PM).",
    "列“{column}”是时刻列，但第 {row} 行是“{value}”（共 {count} 个这样的单元格）。请改正，或修改列的类型；时刻最大为 23:59，同一列须写法一致（13:45 或 1:45 PM）。",
  ],
  "data.no_words": [
    "The training rows of '{column}' have no words that can be counted. Choose another way of splitting, a lower number of texts a word must be in, or another column.",
    "“{column}”的训练行中没有可计数的词。请换一种切分方式，降低词至少出现的文本数，或选择其他列。",
  ],
  "data.text_not_encoded": [
    "Column '{column}' is text and still words. Add a step that makes numbers of it (bag_of_words or token_sequence), or ignore it.",
    "列“{column}”是文本，仍为文字。请添加把它变成数值的步骤（bag_of_words 或 token_sequence），或忽略它。",
  ],
  "data.window_needs_time_split": [
    "Windows of a series need the last rows held out, but the split is {method}: by chance, rows of the future would be learnt from. Set the split to time.",
    "时间序列的窗口要求留出最后的行，但当前划分方式为 {method}：随机划分会让模型学到未来的数据。请把划分改为按时间。",
  ],
  "data.window_needs_numbers": [
    "Windows are made of numbers, but column '{column}' is {received} after the steps. Choose numeric columns.",
    "窗口由数值构成，但列“{column}”经过各步骤后为 {received}。请选择数值列。",
  ],
  "data.window_too_long": [
    "A window of {length} rows, {horizon} ahead, does not fit into {rows} rows. Choose a shorter window, or hold out fewer rows.",
    "长度 {length}、预测步长 {horizon} 的窗口放不进 {rows} 行。请缩短窗口或减少留出的行。",
  ],
  "data.window_value_missing": [
    "Row {row} of '{column}' has no value, and windows reach over it. Choose how gaps are filled, or fill the gap in the data.",
    "“{column}”第 {row} 行没有值，而窗口会跨过它。请选择间断的填补方式，或补全数据。",
  ],
  "data.window_nothing_known": [
    "No window of {columns} over these {rows} rows holds a known value and has a target to learn. Choose another way to fill gaps, or look at the column.",
    "在这 {rows} 行中，{columns} 没有任何既有已知值又有目标的窗口。请换一种填补间断的方式，或检查该列。",
  ],
  "data.window_time_missing": [
    "Row {row} has no time in '{column}', so it has no place among the others. Fill in that column, or train with a filter that leaves such rows out.",
    "第 {row} 行在“{column}”中没有时间，无法确定它在序列中的位置。请补全该列，或在训练时用筛选去掉这些行。",
  ],
  "data.window_gap_too_long": [
    "The gaps before row {row}, in the order of time, would take {places} filled rows for {rows} rows of data. Look for a wrong date there, or do not fill gaps.",
    "按时间排序的第 {row} 行之前的间断需要填补 {places} 行，而数据只有 {rows} 行。请检查那里的日期，或不填补间断。",
  ],
  "data.order_not_numbers": [
    "Rows are to be sorted by '{column}', which is {received}. Choose a column of dates or numbers.",
    "行应按“{column}”排序，但它是 {received}。请选择日期列或数值列。",
  ],
  "data.components_need_values": [
    "Principal components need every value, but row {row} of '{column}' has none. Put the step that fills in missing values before.",
    "主成分需要所有的值，但“{column}”第 {row} 行没有值。请把填补缺失值的步骤放在前面。",
  ],
  "data.picture_not_encoded": [
    "Column '{column}' holds pictures. Add the step picture for it, or ignore it.",
    "列“{column}”是图片。请为它添加 picture 步骤，或忽略它。",
  ],
  "data.feature_not_encoded": [
    "Column '{column}' is categorical and still words. Under Data, choose an Encoding for it (one-hot or ordinal), or ignore the column.",
    "列“{column}”是类别列，仍为文字。请在“数据”中为它选择“编码”（独热或序数），或忽略该列。",
  ],
  "data.date_not_encoded": [
    "Column '{column}' is a date. Under Data, tick the Parts of the date to learn from, or ignore the column.",
    "列“{column}”是日期。请在“数据”中勾选要使用的“日期的各部分”，或忽略该列。",
  ],
  "data.values_missing": [
    "Column '{column}' has {count} missing values, the first in row {row}. Under Data, choose what fills them in (Missing values), or ignore the column.",
    "列“{column}”有 {count} 个缺失值，第一个在第 {row} 行。请在“数据”中为它选择“缺失值”的填补方式，或忽略该列。",
  ],
  "data.value_not_finite": [
    "Column '{column}', row {row}: the value is too large for a 32-bit number. Under Data, choose a Scaling (standardise) or the Logarithm for it, or correct the value.",
    "列“{column}”第 {row} 行：数值超出 32 位浮点数的范围。请在“数据”中为它选择“缩放”（标准化）或“对数”，或改正该值。",
  ],
  "data.too_many_categories": [
    "Column '{column}' has {categories} categories; one-hot takes at most {limit}. Ignore the column (ids and free text say nothing about new rows), or set its Encoding to ordinal under Data.",
    "列“{column}”有 {categories} 个类别；独热编码最多 {limit} 个。请忽略该列（编号和自由文本对新数据没有意义），或在“数据”中把“编码”改为“序数”。",
  ],
  "data.no_features": [
    "No column is left to learn from. Set the role of at least one column to feature.",
    "没有可用于学习的列。请至少把一列的角色设为特征。",
  ],
  "data.input_size_mismatch": [
    "The input expects {shape} = {expected} numbers per row; the feature columns give {received}. Change the input's shape or the columns.",
    "输入节点每行需要 {shape} = {expected} 个数，特征列给出 {received} 个。请修改输入的形状或所用的列。",
  ],
  "data.no_rows": ["There are no rows. Expected at least one.", "没有任何数据行。至少需要一行。"],
  "data.too_few_rows": [
    "There is {rows} row; a split into training and validation needs at least 2. Add rows, or set the split to none.",
    "只有 {rows} 行；划分训练和验证至少需要 2 行。请增加数据，或把划分设为“无”。",
  ],
  "data.stratified_needs_classes": [
    "A stratified split needs a target of classes. Set the split to random.",
    "分层划分需要类别目标。请把划分改为随机。",
  ],
} satisfies Catalogue;

const targetErrors = {
  "data.no_target": [
    "No column is the target. Set the role of the column to be predicted to target.",
    "没有目标列。请把要预测的列的角色设为目标。",
  ],
  "data.target_is_date": [
    "The target '{column}' holds dates, and a network puts out numbers or classes. Choose another target, or set the column's type to numeric or categorical.",
    "目标“{column}”是日期，而网络输出的是数值或类别。请选择其他目标，或把该列的类型改为数值或类别。",
  ],
  "data.target_one_value": [
    "The target '{column}' has only one value, {value}: there is nothing to learn. Choose another target.",
    "目标“{column}”只有一个值 {value}：没有可学的内容。请选择其他目标。",
  ],
  "data.target_all_missing": [
    "The target '{column}' is missing in every row. Choose another target or fill it in.",
    "目标“{column}”在所有行中都缺失。请选择其他目标或补全它。",
  ],
  "data.target_not_numeric": [
    "The loss takes numbers, but the target '{column}' is {received}. Choose a loss for classes (cross-entropy) or a numeric target.",
    "该损失需要数值，但目标“{column}”是 {received}。请选择用于类别的损失（交叉熵），或数值目标。",
  ],
  "data.target_width_mismatch": [
    "The target has {columns} columns ({names}), the network puts out {width} numbers. Set the units of the last layer to {columns}.",
    "目标有 {columns} 列（{names}），网络输出 {width} 个数。请把最后一层的单元数设为 {columns}。",
  ],
  "data.class_count_mismatch": [
    "The target '{column}' has {classes} classes, the network puts out {width} numbers. Set the units of the last layer to {classes} (for two classes also 1, with sigmoid and binary cross-entropy).",
    "目标“{column}”有 {classes} 个类别，网络输出 {width} 个数。请把最后一层的单元数设为 {classes}（两个类别时也可设为 1，配合 sigmoid 和二元交叉熵）。",
  ],
  "data.labels_not_two_valued": [
    "Several target columns must share the same two values (0 and 1); {columns} have: {values}. Choose other columns or another loss.",
    "多个目标列必须共用同样的两个值（0 和 1）；{columns} 的取值有：{values}。请选择其他列或其他损失。",
  ],
  "data.lists_beside_targets": [
    "The target '{column}' holds lists whose values are labels of their own; one output cannot take it beside other targets ({columns}). Leave the others out, or give them an output of their own.",
    "目标“{column}”的内容为列表，每个值都是一个标签；同一个输出不能同时使用其他目标（{columns}）。请去掉其他目标，或为它们单设一个输出。",
  ],
  "data.lists_of_series": [
    "The target '{column}' holds lists, which are no values of a time series. Choose a column of numbers.",
    "目标“{column}”的内容为列表，不能作为时间序列的值。请选择数值列。",
  ],
  "data.target_too_many_classes": [
    "The target '{column}' has more than {limit} different values or is a date: these are no classes. Choose another target or a loss for numbers.",
    "目标“{column}”有超过 {limit} 个不同的值，或是日期：不能作为类别。请选择其他目标，或用于数值的损失。",
  ],
  "data.target_classes_too_large": [
    "The target '{column}' has {classes} different values in {rows} rows: as classes they would take {megabytes} MB. If it is a quantity, choose a loss for numbers (mean squared or mean absolute error) and one unit in the last layer; if these are classes, choose sparse categorical cross-entropy.",
    "目标“{column}”在 {rows} 行中有 {classes} 个不同的值：作为类别将占用 {megabytes} MB。如果它是数量，请选择用于数值的损失（均方误差或平均绝对误差），并把最后一层设为 1 个单元；如果确实是类别，请选择稀疏分类交叉熵。",
  ],
  "data.rows_too_large": [
    "'{column}' would become {rows} rows of {width} numbers, {megabytes} MB, more than memory holds at once. Choose fewer words or a narrower encoding, or leave rows out.",
    "“{column}”将变为 {rows} 行、每行 {width} 个数，共 {megabytes} MB，超出内存一次所能容纳。请减少词数、选择更窄的编码，或略去一些行。",
  ],
  "data.too_many_pairs": [
    "More than {pairs} different pairs of words stand near each other; to count more of them would take over {megabytes} MB. Choose fewer words, a shorter window, or leave texts out.",
    "相邻出现的不同词对超过 {pairs} 个；继续统计需要超过 {megabytes} MB 内存。请减少词数、缩短窗口，或略去一些文本。",
  ],
  "data.too_many_terms": [
    "Column '{column}' has more than {terms} different words or runs of words in its first {texts} texts; to count more of them would take over {megabytes} MB. Choose shorter runs of words, byte pairs as the tokenizer, or leave texts out.",
    "列“{column}”的前 {texts} 条文本中已有超过 {terms} 个不同的词或连词；继续统计需要超过 {megabytes} MB 内存。请缩短连词、把分词方式改为字节对，或略去一些文本。",
  ],
  "data.unknown_class": [
    "Column '{column}', row {row}: '{value}' is no class the model knows. Known: {known}. Correct the value or train again with it.",
    "列“{column}”第 {row} 行：“{value}”不是模型已知的类别。已知：{known}。请改正该值，或用它重新训练。",
  ],
  "data.target_input_unknown": [
    "The output's target is the input '{input}', which is not in the design. Choose an input.",
    "输出的目标是输入“{input}”，但设计中没有它。请选择一个输入。",
  ],
  "data.target_input_needs_numbers": [
    "The target is an input, which is numbers; this loss takes {encodings}. Choose mean squared error, mean absolute error or binary cross-entropy.",
    "目标是输入，即数值；该损失需要 {encodings}。请选择均方误差、平均绝对误差或二元交叉熵。",
  ],
  "data.unknown_output": [
    "The model has no output '{node}'. Use the model with the design it was trained with.",
    "模型没有输出“{node}”。请使用训练该模型的设计。",
  ],
} satisfies Catalogue;

const stepErrors = {
  "data.unknown_step": ["There is no step '{step}'. Known: {known}.", "没有步骤“{step}”。可用：{known}。"],
  "data.step_unknown_column": [
    "Step {step} names the column '{column}', which the design does not have. Correct the name.",
    "步骤 {step} 使用的列“{column}”不在设计中。请改正列名。",
  ],
  "data.step_wrong_column": [
    "Step {step} takes columns of the kind {expected}; '{column}' is {received} at that place. Change the column's type or the order of the steps.",
    "步骤 {step} 接受 {expected} 类的列；此处“{column}”是 {received}。请修改列的类型或步骤的顺序。",
  ],
  "data.several_weights": [
    "Several columns are weights of the rows: {columns}. Only one can be; give the others another role.",
    "有多列被设为行权重：{columns}。只能有一列，请为其余各列选择其他角色。",
  ],
  "data.weight_not_numeric": [
    "The weights of the rows are to come from '{column}', which holds {received} values. Expected numbers: choose a numeric column, or set its type.",
    "行权重应取自“{column}”，但它的内容是 {received}。应为数值：请选择数值列，或更改其类型。",
  ],
  "data.weight_not_valid": [
    "The weight of row {row} in '{column}' is {value}. Expected a number of 0 or more in every row: correct it, or leave the row out.",
    "“{column}”第 {row} 行的权重为 {value}。每行都应是大于等于 0 的数：请更正，或去掉该行。",
  ],
  "data.weights_all_zero": [
    "All weights in '{column}' are 0, so no row would count. Expected some above 0 among the training rows and among the validation rows.",
    "“{column}”中的权重全为 0，没有任何行起作用。训练行与验证行中都应有大于 0 的权重。",
  ],
  "data.weight_as_feature": [
    "'{column}' holds the weights of the rows, and this node asks for it by name. Weights are never shown to the network: take the column out here, or give it another role.",
    "“{column}”是行权重，而此节点按名称使用了它。权重绝不会提供给网络：请在此移除该列，或为其选择其他角色。",
  ],
  "data.step_on_weight": [
    "The step '{step}' names '{column}', which holds the weights of the rows. Weights are used as they are: take the column out of the step.",
    "步骤“{step}”包含“{column}”，而它是行权重。权重按原值使用：请把该列从步骤中移除。",
  ],
  "data.step_not_for_targets": [
    "Step {step} cannot be undone, so it cannot be used on the target '{column}'. Use log1p, standardise or min_max, or take the target out of the step.",
    "步骤 {step} 不可逆，不能用于目标“{column}”。请使用 log1p、standardise 或 min_max，或把目标从该步骤中去掉。",
  ],
  "data.target_step_on_classes": [
    "The target '{column}' is used as classes, so step {step} cannot change it. Take it out of the step.",
    "目标“{column}”作为类别使用，步骤 {step} 不能改变它。请把它从该步骤中去掉。",
  ],
  "data.step_not_fitted": [
    "Step {step} has learnt nothing about the column '{column}'. Use the model with the design it was trained with.",
    "步骤 {step} 没有学过列“{column}”。请使用训练该模型的设计。",
  ],
  "data.impute_wrong_strategy": [
    "Column '{column}' is {type}: impute cannot use {strategy} there. Use {allowed}.",
    "列“{column}”是 {type}：impute 在此不能用 {strategy}。可用：{allowed}。",
  ],
  "data.column_all_missing": [
    "Column '{column}' has no value in the training rows, so there is no {strategy}. Ignore the column or fill in a constant.",
    "列“{column}”在训练行中没有任何值，无法求 {strategy}。请忽略该列，或填入常数。",
  ],
  "data.min_max_bounds": [
    "Column '{column}': the upper bound ({upper}) must be above the lower one ({lower}).",
    "列“{column}”：上界（{upper}）必须大于下界（{lower}）。",
  ],
  "data.log1p_out_of_range": [
    "Column '{column}' holds {value} in row {row}; ln(1 + x) needs values above −1. Use standardise, or correct the value.",
    "列“{column}”第 {row} 行为 {value}；ln(1 + x) 要求值大于 −1。请改用 standardise，或改正该值。",
  ],
  "data.not_a_month": [
    "Column '{column}' holds '{value}' in row {row}, which is no month (July, Jul, 7月). Use one_hot or correct the value.",
    "列“{column}”第 {row} 行的“{value}”不是月份（July、Jul、7月）。请使用 one_hot，或改正该值。",
  ],
  "data.no_date_parts": [
    "Step date_parts of column '{column}' has no part switched on. Choose at least one of year, month, day, weekday, hour, minute.",
    "列“{column}”的 date_parts 步骤没有选择任何部分。请至少选择年、月、日、星期、小时之一。",
  ],
  "data.unknown_builtin": ["There is no built-in data set '{name}'. Known: {known}.", "没有内置数据集“{name}”。可用：{known}。"],
  "data.generator_option": [
    "{generator}: {option} must be {min} … {max} (a whole number, except noise), received {received}.",
    "{generator}：{option} 应为 {min} … {max}（除 noise 外为整数），收到的是 {received}。",
  ],
  "data.generator_option_unknown": [
    "{generator} has no option '{option}'. Its options are: {known}.",
    "{generator} 没有选项“{option}”。可用选项：{known}。",
  ],
} satisfies Catalogue;

export const dataErrors = { ...columnErrors, ...targetErrors, ...stepErrors } satisfies Catalogue;
