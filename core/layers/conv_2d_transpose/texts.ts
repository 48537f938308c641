import { activationTexts, useBiasTexts } from "../fields.ts";
import type { Language, LayerTexts } from "../layer.ts";
import { weightTexts } from "../weight-texts.ts";

export const texts: Record<Language, LayerTexts> = {
  en: {
    label: "Transposed convolution 2D",
    summary: "A convolution the other way round: makes pictures larger.",
    fields: {
      filters: { label: "Filters", help: "Number of output channels." },
      kernel_size: { label: "Kernel size", help: "Height and width of the window." },
      strides: { label: "Strides", help: "How much larger the picture becomes." },
      padding: { label: "Padding", help: "valid: every window counts in full. same: the size is that of the input times the strides." },
      dilation_rate: { label: "Dilation", help: "Distance between the entries of a window; above 1 it spreads further." },
      output_padding: {
        label: "Output padding",
        help: "Rows and columns added behind: which of the sizes that a convolution would map to the input comes out. Unset: input times strides, and with valid padding what the window reaches beyond its stride.",
      },
      activation: activationTexts.en,
      use_bias: useBiasTexts.en,
      ...weightTexts.en,
    },
  },
  zh: {
    label: "转置卷积 2D",
    summary: "反方向的卷积：使图片变大。",
    fields: {
      filters: { label: "滤波器数", help: "输出通道数。" },
      kernel_size: { label: "卷积核大小", help: "窗口的高和宽。" },
      strides: { label: "步幅", help: "图片变大的倍数。" },
      padding: { label: "填充", help: "valid：每个窗口都完整保留。same：尺寸为输入乘以步幅。" },
      dilation_rate: { label: "空洞率", help: "窗口中各项之间的距离；大于 1 时铺得更开。" },
      output_padding: {
        label: "输出填充",
        help: "在末尾增加的行列数：在会被卷积映射为该输入的多种尺寸中选定一种。不设则为输入乘以步幅；valid 填充时再加上窗口超出步幅的部分。",
      },
      activation: activationTexts.zh,
      use_bias: useBiasTexts.zh,
      ...weightTexts.zh,
    },
  },
};
