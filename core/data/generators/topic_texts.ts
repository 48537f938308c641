/** Short texts on four topics: each word is one of its topic or one that every text may have, some are of another topic. */
import type { Random } from "../random.ts";
import { type Generator, tableOf } from "./generator.ts";

const TOPICS: Readonly<Record<string, string>> = {
  cooking: "pan oven flour salt pepper butter recipe boil bake dough spoon garlic onion soup taste knife dinner sauce sugar roast",
  football:
    "goal match referee striker keeper league coach pass corner penalty team stadium fans score kick defender cup season tackle win",
  music: "guitar song concert drum melody singer band rhythm chord piano album stage voice tune violin choir record note listen dance",
  weather: "rain cloud storm wind sunny snow forecast thunder cold warm fog degrees sky ice shower humid breeze lightning flood frost",
};
const SHARED = "the and a of to in is was very today again then with for on we they some this good bad new old long after before".split(
  " ",
);
const NAMES = Object.keys(TOPICS);
const WORDS = NAMES.map((name) => (TOPICS[name] as string).split(" "));
/** Of the words that carry a topic; the others are shared. */
const TOPICAL = 0.35;

function textOf(topic: number, words: number, noise: number, random: Random): string {
  const wordOf = (list: readonly string[]): string => list[random.below(list.length)] as string;
  return Array.from({ length: words }, () => {
    if (random.float() >= TOPICAL) return wordOf(SHARED);
    return wordOf(WORDS[random.float() < noise ? random.below(WORDS.length) : topic] as string[]);
  }).join(" ");
}

export default {
  name: "topic_texts",
  texts: {
    en: {
      label: "Texts on topics",
      summary:
        "Short drawn texts on cooking, football, music or weather: for bags of words, sequences and the graph of documents and words.",
    },
    zh: { label: "主题文本", summary: "关于烹饪、足球、音乐或天气的随机短文：用于词袋、词序列以及文档与词的图。" },
  },
  options: [
    { name: "count", default: 300, min: 4, max: 100_000 },
    { name: "noise", default: 0.3, min: 0, max: 1 },
    { name: "seed", default: 0, min: 0, max: 2 ** 31 - 1 },
    { name: "words", default: 20, min: 1, max: 500 },
  ],
  target: "topic",
  generate: ({ count = 0, noise = 0, words = 20 }, random) => {
    const codes = Int32Array.from({ length: count }, (_, row) => row % NAMES.length);
    const values = Array.from(codes, (topic) => textOf(topic, words, noise, random));
    return tableOf(count, [
      { kind: "text", name: "text", values },
      { kind: "category", name: "topic", codes, categories: NAMES },
    ]);
  },
} satisfies Generator;
