import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Concatenate",
    summary: "Puts inputs side by side along an axis.",
    fields: { axis: { label: "Axis", help: "−1 is the last; 1 is the first after the batch." } },
  },
  zh: {
    label: "拼接",
    summary: "沿一个轴把输入并排放在一起。",
    fields: { axis: { label: "轴", help: "−1 表示最后一个；1 表示批次之后的第一个。" } },
  },
};
