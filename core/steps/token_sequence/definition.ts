/** Token sequence: the words of a text by number, in order, for an embedding. */
import { choice, int } from "../../schema/fields.ts";
import { defineStep } from "../step.ts";
import { lowercaseField, TOKENIZERS } from "../tokens.ts";

export default defineStep({
  type: "token_sequence",
  schema: {
    tokenizer: choice({ default: "words", values: [...TOKENIZERS, "byte_pair"] }),
    vocabulary: int({ default: 10_000, min: 3, max: 1_000_000 }),
    length: int({ default: 64, min: 1, max: 10_000 }),
    padding: choice({ default: "end", values: ["end", "start"] }),
    truncation: choice({ default: "end", values: ["end", "start"] }),
    lowercase: lowercaseField(),
  },
  takes: ["text"],
  indexCountField: "vocabulary",
  textWidthField: "length",
  onTargets: false,
  texts: {
    en: {
      label: "Token sequence",
      summary: "Numbers the words by how frequent they are and writes each text as a row of numbers: 0 is padding, 1 an unknown word.",
      fields: {
        tokenizer: {
          label: "Split into",
          help: "words: letters and digits, two or more. characters: every one. segments: words of Chinese and other writing without spaces. byte_pair: frequent pieces of words, learnt from the training rows; no word is unknown.",
        },
        vocabulary: { label: "Vocabulary", help: "Numbers in all, padding and unknown included: the embedding's input_dim." },
        length: { label: "Length", help: "Words a text has afterwards: longer ones are cut, shorter ones padded." },
        padding: { label: "Pad at the", help: "Where zeros go in short texts." },
        truncation: { label: "Cut at the", help: "Where long texts lose their words." },
        lowercase: { label: "Ignore case", help: "Free and free are one word." },
      },
    },
    zh: {
      label: "词序列",
      summary: "按词频给词编号，把每条文本写成一行编号：0 为填充，1 为未知词。",
      fields: {
        tokenizer: {
          label: "切分为",
          help: "words：两个以上的字母或数字。characters：单个字符。segments：中文等无空格文字的词。byte_pair：从训练行学到的常见词片段，没有未知词。",
        },
        vocabulary: { label: "词表大小", help: "编号总数，含填充和未知词：即嵌入层的 input_dim。" },
        length: { label: "长度", help: "处理后每条文本的词数：长的截断，短的填充。" },
        padding: { label: "填充于", help: "短文本的零放在哪一端。" },
        truncation: { label: "截断于", help: "长文本从哪一端截去。" },
        lowercase: { label: "忽略大小写", help: "大小写不同视为同一个词。" },
      },
    },
  },
});
