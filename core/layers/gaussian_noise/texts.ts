import type { Language, LayerTexts } from "../layer.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Gaussian noise",
    summary: "Adds random numbers while training, so that the network does not rely on details.",
    fields: { stddev: { label: "Deviation", help: "Standard deviation of the noise." } },
  },
  zh: {
    label: "高斯噪声",
    summary: "训练时加入随机数，使网络不依赖细节。",
    fields: { stddev: { label: "标准差", help: "噪声的标准差。" } },
  },
};
