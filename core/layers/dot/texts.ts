import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Dot",
    summary: "For every sample, the products of two inputs summed over one axis of each.",
    fields: {
      first_axis: {
        label: "Axis of the first",
        help: "Axis of the first input that is summed; −1 is the last, 1 the first after the batch.",
      },
      second_axis: { label: "Axis of the second", help: "Axis of the second input that is summed; it must be as long." },
      normalize: { label: "Normalize", help: "Divides both by their lengths: the cosine, from −1 to 1, whatever the lengths." },
    },
  },
  zh: {
    label: "点积",
    summary: "对每个样本，把两个输入相乘并沿各自的一个轴求和。",
    fields: {
      first_axis: { label: "第一个的轴", help: "第一个输入中被求和的轴；−1 为最后一个，1 为批次后的第一个。" },
      second_axis: { label: "第二个的轴", help: "第二个输入中被求和的轴；长度必须相同。" },
      normalize: { label: "归一化", help: "两者都除以各自的长度：得到 −1 到 1 的余弦值，与长度无关。" },
    },
  },
};
