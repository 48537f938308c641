import { activationTexts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Convolution 2D",
    summary: "Looks for small patterns everywhere in a picture [height, width, channels].",
    fields: {
      filters: { label: "Filters", help: "Number of output channels: how many patterns are looked for." },
      kernel_size: { label: "Kernel size", help: "Height and width of the window." },
      strides: { label: "Strides", help: "How far the window moves each time; above 1 the output is smaller." },
      padding: { label: "Padding", help: "valid: windows lie within the input. same: zeros around it, so that the size stays." },
      dilation_rate: { label: "Dilation", help: "Distance between the entries of a window; above 1 it sees further." },
      groups: { label: "Groups", help: "Channels are divided into this many groups that are convolved apart." },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      ...weightTexts.en,
    },
  },
  zh: {
    label: "卷积 2D",
    summary: "在图片 [高, 宽, 通道] 的每个位置寻找小的模式。",
    fields: {
      filters: { label: "滤波器数", help: "输出通道数：寻找多少种模式。" },
      kernel_size: { label: "卷积核大小", help: "窗口的高和宽。" },
      strides: { label: "步幅", help: "窗口每次移动的距离；大于 1 时输出变小。" },
      padding: { label: "填充", help: "valid：窗口都在输入之内。same：四周补零，使尺寸不变。" },
      dilation_rate: { label: "空洞率", help: "窗口中各项之间的距离；大于 1 时看得更远。" },
      groups: { label: "分组", help: "把通道分成若干组，各组分别卷积。" },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      ...weightTexts.zh,
    },
  },
};
