/**
 * What transformer blocks are made of: attention and a feed-forward network, each with dropout, added to what came in and
 * normalized, before or after; and the options that they share, with their words.
 */
import { bool, choice, float, int } from "../schema/fields.ts";
import type { Drawing, Drawn } from "./drawing.ts";

export interface TransformerOptions {
  readonly width: number;
  readonly num_heads: number;
  readonly feed_forward: number;
  readonly dropout: number;
  readonly activation: string;
  readonly norm_first: boolean;
}

export const transformerFields = {
  width: int({ default: 64, min: 1, max: 16_384 }),
  num_heads: int({ default: 4, min: 1, max: 256 }),
  feed_forward: int({ default: 256, min: 1, max: 65_536 }),
  depth: int({ default: 1, min: 1, max: 48 }),
  dropout: float({ default: 0.1, min: 0, max: 1, exclusiveMax: true }),
  activation: choice({ values: ["relu", "gelu"], default: "relu" }),
  norm_first: bool({ default: false, advanced: true }),
} as const;

export const transformerTexts = {
  en: {
    width: { label: "Width", help: "Numbers of every step. Must be the last axis of what comes in, because both are added." },
    num_heads: { label: "Heads", help: "How many views attention takes at once; each is width / heads wide." },
    feed_forward: { label: "Feed-forward width", help: "Units of the inner layer; four times the width is usual." },
    depth: { label: "Depth", help: "How many of these follow one another." },
    dropout: { label: "Dropout", help: "Of the attention weights, of the inner layer, and before each sum." },
    activation: { label: "Activation", help: "Of the inner layer of the feed-forward network." },
    norm_first: {
      label: "Normalize first",
      help: "Normalizes what goes into each part instead of the sum: deep stacks train more easily.",
    },
  },
  zh: {
    width: { label: "宽度", help: "每一步的数字个数。必须等于输入的最后一轴，因为两者要相加。" },
    num_heads: { label: "头数", help: "注意力同时取多少种视角，每个宽为 宽度 / 头数。" },
    feed_forward: { label: "前馈宽度", help: "内层的单元数，通常是宽度的四倍。" },
    depth: { label: "深度", help: "依次重复多少次。" },
    dropout: { label: "随机失活", help: "用于注意力权重、内层，以及每次相加之前。" },
    activation: { label: "激活函数", help: "前馈网络内层的激活函数。" },
    norm_first: { label: "先归一化", help: "对每部分的输入而不是和做归一化：深层堆叠更易训练。" },
  },
} as const;

/** The units of modular co-attention normalize after the sum, always. */
function withoutNormFirst<T extends { readonly norm_first: unknown }>({ norm_first: _, ...rest }: T): Omit<T, "norm_first"> {
  return rest;
}
export const coAttentionFields = withoutNormFirst(transformerFields);
export const coAttentionTexts = { en: withoutNormFirst(transformerTexts.en), zh: withoutNormFirst(transformerTexts.zh) } as const;

/** As torch.nn.TransformerEncoderLayer: 1e-5, not the layer's own default of 1e-3. */
const EPSILON = 1e-5;

export class TransformerParts {
  private readonly drawing: Drawing;
  private readonly options: TransformerOptions;

  constructor(drawing: Drawing, options: TransformerOptions) {
    this.drawing = drawing;
    this.options = options;
  }

  /** x and what it gathers from `source`, or from itself. */
  attention(name: string, x: Drawn, source: Drawn | "itself", causal = false): Drawn {
    const { width, num_heads, dropout } = this.options;
    return this.residual(name, x, (query) => {
      const value = source === "itself" ? query : source;
      const config = {
        num_heads,
        key_dim: Math.max(1, Math.floor(width / num_heads)),
        ...(dropout > 0 ? { dropout } : {}),
        ...(causal ? { use_causal_mask: true } : {}),
      };
      return this.drawing.layer("multi_head_attention", name, config, { query, value });
    });
  }

  /** x and what two layers make of each step by itself. */
  feedForward(name: string, x: Drawn): Drawn {
    const { width, feed_forward, activation } = this.options;
    return this.residual(name, x, (input) => {
      const inner = this.drawing.layer("dense", `${name}_inner`, { units: feed_forward, activation }, { input });
      return this.drawing.layer("dense", `${name}_outer`, { units: width }, { input: this.dropped(`${name}_inner`, inner) });
    });
  }

  /** With normalization first, what leaves the last layer has not been normalized. */
  lastNormalization(x: Drawn): Drawn {
    return this.options.norm_first ? this.normalized("last", x) : x;
  }

  private residual(name: string, x: Drawn, part: (input: Drawn) => Drawn): Drawn {
    const { norm_first } = this.options;
    const made = this.drawing.aside(() => this.dropped(name, part(norm_first ? this.normalized(name, x) : x)));
    const sum = this.drawing.layer("add", `${name}_sum`, {}, { inputs: [x, made] });
    return norm_first ? sum : this.normalized(name, sum);
  }

  private dropped(name: string, input: Drawn): Drawn {
    const { dropout } = this.options;
    return dropout > 0 ? this.drawing.layer("dropout", `${name}_dropout`, { rate: dropout }, { input }) : input;
  }

  private normalized(name: string, input: Drawn): Drawn {
    return this.drawing.layer("layer_normalization", `${name}_norm`, { epsilon: EPSILON }, { input });
  }
}

/** 1, 2, … */
export const stages = (depth: number): readonly string[] => Array.from({ length: depth }, (_, i) => `${i + 1}`);
