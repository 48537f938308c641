import { activationTexts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Convolution 1D",
    summary: "Looks for short patterns everywhere in a sequence [steps, channels].",
    fields: {
      filters: { label: "Filters", help: "Number of output channels: how many patterns are looked for." },
      kernel_size: { label: "Kernel size", help: "Length of the window, in steps." },
      strides: { label: "Strides", help: "How far the window moves each time; above 1 the output is smaller." },
      padding: {
        label: "Padding",
        help: "valid: windows lie within the sequence. same: zeros around it. causal: zeros before it, so that a step sees only earlier ones.",
      },
      dilation_rate: { label: "Dilation", help: "Distance between the entries of a window; above 1 it sees further." },
      groups: { label: "Groups", help: "Channels are divided into this many groups that are convolved apart." },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      ...weightTexts.en,
    },
  },
  zh: {
    label: "卷积 1D",
    summary: "在序列 [步, 通道] 的每个位置寻找短的模式。",
    fields: {
      filters: { label: "滤波器数", help: "输出通道数：寻找多少种模式。" },
      kernel_size: { label: "卷积核大小", help: "窗口的长度（步数）。" },
      strides: { label: "步幅", help: "窗口每次移动的距离；大于 1 时输出变小。" },
      padding: { label: "填充", help: "valid：窗口都在序列之内。same：两端补零。causal：只在前面补零，每一步只看到更早的步。" },
      dilation_rate: { label: "空洞率", help: "窗口中各项之间的距离；大于 1 时看得更远。" },
      groups: { label: "分组", help: "把通道分成若干组，各组分别卷积。" },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      ...weightTexts.zh,
    },
  },
};
