/** Bag of words: how often each word of a vocabulary occurs in a text. */
import { choice, int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";
import { lowercaseField, tokenizerField } from "../tokens.ts";

export default defineStep({
  type: "bag_of_words",
  schema: {
    tokenizer: tokenizerField(),
    weighting: choice({ default: "tf_idf", values: ["count", "binary", "tf_idf"] }),
    max_words: int({ default: 5000, min: 1, max: 100_000 }),
    min_texts: int({ default: 1, min: 1, max: 1_000_000 }),
    ngram_from: int({ default: 1, min: 1, max: 5, advanced: true }),
    ngram_to: int({ default: 1, min: 1, max: 5, advanced: true }),
    lowercase: lowercaseField(),
  },
  takes: ["text"],
  mostlyZeros: true,
  textWidthField: "max_words",
  onTargets: false,
  texts: {
    en: {
      label: "Bag of words",
      summary: "One number for each frequent word of the training rows: how often it occurs, whatever its place.",
      fields: {
        tokenizer: {
          label: "Split into",
          help: "words: letters and digits, two or more. characters: every one. segments: words of Chinese and other writing without spaces.",
        },
        weighting: {
          label: "Numbers",
          help: "count: how often. binary: whether. tf_idf: how often, rare words weighing more, each text brought to length 1 (as scikit-learn).",
        },
        max_words: { label: "Words at most", help: "The most frequent are kept." },
        min_texts: { label: "In texts at least", help: "Words found in fewer training rows are left out." },
        ngram_from: { label: "Runs from", help: "Shortest run of neighbouring words that counts as one." },
        ngram_to: { label: "Runs to", help: "Longest run of neighbouring words that counts as one." },
        lowercase: { label: "Ignore case", help: "Free and free are one word." },
      },
    },
    zh: {
      label: "词袋",
      summary: "训练行中每个常见词对应一个数：它出现多少次，不论位置。",
      fields: {
        tokenizer: { label: "切分为", help: "words：两个以上的字母或数字。characters：单个字符。segments：中文等无空格文字的词。" },
        weighting: {
          label: "数值",
          help: "count：次数。binary：是否出现。tf_idf：次数，罕见词权重更大，并把每条文本化为长度 1（同 scikit-learn）。",
        },
        max_words: { label: "最多词数", help: "保留最常见的词。" },
        min_texts: { label: "至少出现于", help: "出现在更少训练行中的词会被去掉。" },
        ngram_from: { label: "连词起", help: "视为一个词的最短连续词数。" },
        ngram_to: { label: "连词止", help: "视为一个词的最长连续词数。" },
        lowercase: { label: "忽略大小写", help: "大小写不同视为同一个词。" },
      },
    },
  },
});
