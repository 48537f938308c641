import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Slice",
    summary: "A run of entries of one axis.",
    fields: {
      axis: { label: "Axis", help: "−1 is the last; 1 is the first after the batch." },
      start: { label: "Start", help: "First entry that is taken, counted from 0." },
      size: { label: "Size", help: "Number of entries; empty takes all that follow." },
    },
  },
  zh: {
    label: "切片",
    summary: "取一个轴上连续的一段。",
    fields: {
      axis: { label: "轴", help: "−1 表示最后一个；1 表示批次之后的第一个。" },
      start: { label: "起点", help: "取的第一项，从 0 数起。" },
      size: { label: "数量", help: "项数；留空表示取到末尾。" },
    },
  },
};
