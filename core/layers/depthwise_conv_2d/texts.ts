import { activationTexts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Depthwise convolution 2D",
    summary: "Convolves every channel of a picture on its own.",
    fields: {
      kernel_size: { label: "Kernel size", help: "Height and width of the window." },
      strides: { label: "Strides", help: "How far the window moves each time; above 1 the output is smaller." },
      padding: { label: "Padding", help: "valid: windows lie within the input. same: zeros around it, so that the size stays." },
      dilation_rate: { label: "Dilation", help: "Distance between the entries of a window; above 1 it sees further." },
      depth_multiplier: { label: "Depth multiplier", help: "How many outputs each channel gets." },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      ...weightTexts.en,
    },
  },
  zh: {
    label: "逐通道卷积 2D",
    summary: "对图片的每个通道分别做卷积。",
    fields: {
      kernel_size: { label: "卷积核大小", help: "窗口的高和宽。" },
      strides: { label: "步幅", help: "窗口每次移动的距离；大于 1 时输出变小。" },
      padding: { label: "填充", help: "valid：窗口都在输入之内。same：四周补零，使尺寸不变。" },
      dilation_rate: { label: "空洞率", help: "窗口中各项之间的距离；大于 1 时看得更远。" },
      depth_multiplier: { label: "深度倍数", help: "每个通道产生的输出个数。" },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      ...weightTexts.zh,
    },
  },
};
