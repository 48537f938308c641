import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Input",
    summary: "Columns of the data enter here.",
    fields: {
      columns: { label: "Columns", help: "Which feature columns enter here; none chosen means all of them." },
      shape: { label: "Shape", help: "Shape of one sample, such as 8, 8, 1 for a small picture. Empty: a vector as wide as the columns." },
    },
  },
  zh: {
    label: "输入",
    summary: "数据的列从这里进入网络。",
    fields: {
      columns: { label: "列", help: "哪些特征列从这里进入；不选表示全部。" },
      shape: { label: "形状", help: "一个样本的形状，例如小图片为 8, 8, 1。留空表示与列数等宽的向量。" },
    },
  },
};
