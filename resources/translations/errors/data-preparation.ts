/** Texts of core/data and core/steps, continued from data.ts: splits, sampling, augmentation and further steps. Rows are counted from 1. */
import type { Catalogue } from "../translate.ts";

const splitErrors = {
  "data.split_column_not_chosen": [
    "The split needs a column: the one whose values are the groups, or that says training, validation and test. Choose it beside the method.",
    "这种划分需要一列：其值表示组，或写明训练、验证、测试。请在划分方式旁选择该列。",
  ],
  "data.split_column_missing": [
    "The split reads the column '{column}', which the table does not have. Choose another column, or split at random.",
    "划分要读取列“{column}”，但表中没有。请选择其他列，或改为随机划分。",
  ],
  "data.split_column_wrong_kind": [
    "The split cannot read the column '{column}': expected words or numbers, received {received}. Choose another column.",
    "划分无法读取列“{column}”：应为词或数，收到的是 {received}。请选择其他列。",
  ],
  "data.split_value_missing": [
    "Row {row} has no value in '{column}', so that the split cannot place it. Fill it in in the file, or choose another column.",
    "第 {row} 行的“{column}”没有值，无法划分。请在文件中补上，或选择其他列。",
  ],
  "data.split_part_unknown": [
    "Row {row} has '{value}' in '{column}'. Expected training, validation or test (also train, val, dev). Correct the file, or split in another way.",
    "第 {row} 行的“{column}”为“{value}”。应为 training、validation 或 test（也可为 train、val、dev、训练、验证、测试）。请改正文件，或换一种划分方式。",
  ],
  "data.split_no_training": [
    "The column of the split puts no row into training. At least one row must say training.",
    "划分所用的列没有把任何行归入训练。至少需要一行标为训练。",
  ],
  "data.split_fractions": [
    "The shares for validation ({validation}) and test ({test}) leave nothing to train on. Their sum must be below 1.",
    "验证（{validation}）和测试（{test}）的比例之和没有给训练留下数据。两者之和应小于 1。",
  ],
  "data.too_few_rows_for_test": [
    "There are {rows} rows; a split into training, validation and test needs at least 3. Add rows, or keep no test part.",
    "只有 {rows} 行；划分训练、验证和测试至少需要 3 行。请增加数据，或不留测试部分。",
  ],
  "data.too_few_groups": [
    "The rows form {groups} groups; a split by groups needs at least {needed}, one for each part. Choose another column, or split at random.",
    "数据只有 {groups} 组；按组划分至少需要 {needed} 组，每部分一组。请选择其他列，或改为随机划分。",
  ],
} satisfies Catalogue;

const samplingErrors = {
  "data.sampling_needs_classes": [
    "Sampling evens out classes, but no target is classes. Switch sampling off, or choose a target of classes.",
    "采样用于平衡类别，但没有类别目标。请关闭采样，或选择类别目标。",
  ],
  "data.sampling_with_window": [
    "Windows of a series need every row once, so that classes cannot be evened out by sampling. Switch sampling off; weights of classes do the same.",
    "时间序列的窗口要求每行恰好出现一次，不能用采样平衡类别。请关闭采样；可改用类别权重。",
  ],
} satisfies Catalogue;

const augmentErrors = {
  "data.augment_needs_pictures": [
    "Augmentation changes pictures, but no input is a picture (height × width × channels). Give an input such a shape, or switch augmentation off.",
    "数据增强用于图片，但没有图片输入（高 × 宽 × 通道）。请把输入设为这样的形状，或关闭数据增强。",
  ],
  "data.mixup_needs_pictures": [
    "Mixup lays pictures over each other, but this input is no picture: half a word or half a category means nothing. Switch mixup off.",
    "mixup 把图片叠加，但此输入不是图片：半个词或半个类别没有意义。请关闭 mixup。",
  ],
  "data.mixup_needs_shares": [
    "Mixup gives a target shares of two rows, but a hinge loss takes −1 or +1 only. Choose another loss, or switch mixup off.",
    "mixup 使目标成为两行的份额，但铰链损失只接受 −1 或 +1。请选择其他损失，或关闭 mixup。",
  ],
  "data.augment_moves_target": [
    "The picture that goes in is also the target: turned, flipped, moved, cropped or zoomed it would not fit its target any more. Keep only brightness, noise and cutout.",
    "输入图片同时是目标：旋转、翻转、平移或缩放后将与目标不符。请只保留亮度、噪声和遮挡。",
  ],
} satisfies Catalogue;

const stepErrors = {
  "data.no_frequent_category": [
    "No category of '{column}' is in {rows} training rows or more. Lower the number of rows of the step.",
    "“{column}”中没有任何类别出现在至少 {rows} 个训练行里。请降低该步骤的行数。",
  ],
  "data.target_encoder_needs_target": [
    "The step 'Target mean' needs exactly one target column to learn from. Choose one target, or encode the column in another way.",
    "“目标均值编码”步骤需要恰好一个目标列。请只选一个目标，或换一种编码方式。",
  ],
  "data.no_features_left": [
    "The steps have dropped every column that goes in ({columns}). Loosen the step that drops columns, or add features.",
    "预处理步骤去掉了所有输入列（{columns}）。请放宽去列的步骤，或增加特征。",
  ],
} satisfies Catalogue;

export const dataPreparationErrors = { ...splitErrors, ...samplingErrors, ...augmentErrors, ...stepErrors } satisfies Catalogue;
