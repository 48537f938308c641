/** Words for the values of options that name no thing of a registry, by option and value: English, then Chinese. */
type Words = readonly [en: string, zh: string];

const CONSTRAINTS: Readonly<Record<string, Words>> = {
  none: ["None", "无"],
  max_norm: ["Largest norm", "最大范数"],
  unit_norm: ["Unit norm", "单位范数"],
  non_neg: ["Not negative", "非负"],
};
const NORM_AXES: Readonly<Record<string, Words>> = {
  first: ["First axis", "第一个轴"],
  all_but_last: ["All axes but the last", "除最后一个外的所有轴"],
  last: ["Last axis", "最后一个轴"],
};
const LOSSES: Readonly<Record<string, Words>> = { val_loss: ["Validation loss", "验证损失"], loss: ["Training loss", "训练损失"] };

/** An option is looked up by its whole name, then by its end (`kernel_constraint` → `constraint`). */
export const choiceTexts: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  constraint: CONSTRAINTS,
  norm_axes: NORM_AXES,
  monitor: LOSSES,
  activation_weights: {
    per_unit: ["One set a unit", "每个单元一组"],
    per_value: ["One set a value", "每个值一组"],
    one: ["One set for all", "全部共用一组"],
  },
  score_mode: { dot: ["Dot product", "点积"], concat: ["Concatenation (additive)", "拼接（加性）"] },
  padding: { valid: ["None (valid)", "不填充（valid）"], same: ["Same size", "保持大小"], causal: ["Causal", "因果"] },
  merge_mode: { concat: ["Concatenate", "拼接"], sum: ["Sum", "求和"], mul: ["Multiply", "相乘"], ave: ["Average", "平均"] },
  normalization: { symmetric: ["Symmetric", "对称"], none: ["None", "无"] },
  combine: { weighted_sum: ["Weighted sum", "加权求和"] },
  encoding: { sinusoidal: ["Sinusoidal", "正弦"], learned: ["Learned", "可学习"] },
  interpolation: { nearest: ["Nearest", "最近邻"], bilinear: ["Bilinear", "双线性"] },
  decay: {
    constant: ["Constant", "恒定"],
    linear: ["Linear", "线性"],
    cosine: ["Cosine", "余弦"],
    inverse_square_root: ["Inverse square root", "平方根倒数"],
  },
  class_weight: { none: ["None", "无"], balanced: ["Balanced", "均衡"] },
  arithmetic: { fast: ["Fast", "快速"], reproducible: ["Reproducible", "可复现"] },
};
