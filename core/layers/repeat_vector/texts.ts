import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Repeat vector",
    summary: "The same vector several times, as a sequence.",
    fields: { n: { label: "Times", help: "Number of steps of the sequence." } },
  },
  zh: { label: "重复向量", summary: "把同一个向量重复多次，成为序列。", fields: { n: { label: "次数", help: "序列的步数。" } } },
};
