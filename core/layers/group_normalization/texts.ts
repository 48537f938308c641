import { epsilonTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Group normalization",
    summary: "Gives every group of channels of a sample mean 0 and deviation 1.",
    fields: {
      groups: { label: "Groups", help: "Number of groups; it must divide the channels. 1 is a layer, one a channel is an instance." },
      center: { label: "Offset", help: "Adds a learned number to every channel." },
      scale: { label: "Scale", help: "Multiplies every channel by a learned number." },
      epsilon: epsilonTexts.en,
    },
  },
  zh: {
    label: "组归一化",
    summary: "使每个样本的每组通道均值为 0、标准差为 1。",
    fields: {
      groups: { label: "组数", help: "必须整除通道数。1 相当于层归一化，每通道一组相当于实例归一化。" },
      center: { label: "偏移", help: "给每个通道加上一个学到的数。" },
      scale: { label: "比例", help: "把每个通道乘以一个学到的数。" },
      epsilon: epsilonTexts.zh,
    },
  },
};
