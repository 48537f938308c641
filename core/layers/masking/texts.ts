import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Masking",
    summary: "Marks padding: steps of a sequence whose features all equal one value are skipped by the layers behind it.",
    fields: { mask_value: { label: "Mask value", help: "Steps that hold nothing but this number are padding." } },
  },
  zh: {
    label: "掩码",
    summary: "标记填充：序列中所有特征都等于某个值的步，会被后面的层跳过。",
    fields: { mask_value: { label: "掩码值", help: "只含这个数的步视为填充。" } },
  },
};
