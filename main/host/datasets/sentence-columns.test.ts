/** Sentences that come again are told from names and opinions of several words. */
import { expect, it } from "vitest";
import { proposeData } from "../../../core/data/propose.ts";
import { tokenize } from "../../../core/steps/tokens.ts";
import { importPlaceForEachTest } from "../../../test/host/import-place.ts";

const place = importPlaceForEachTest();
const remarksOf = async (cell: (row: number) => string): Promise<readonly string[]> => {
  const rows = Array.from({ length: 240 }, (_, row) => `"${cell(row)}",${row % 2 === 0 ? "yes" : "no"}`);
  const { columns } = await place.importContent(`words,y\n${rows.join("\n")}\n`);
  return (columns[0]?.remarks ?? []).filter((remark) => remark.startsWith("sentences="));
};
const SHAPES = ["circle", "triangle", "rectangle"];
const COLOURS = ["red", "green", "blue", "black"];

it("with the words of the longest and how many different ones there are", async () => {
  const question = (row: number): string =>
    row % 2 === 0
      ? `What colour is the ${SHAPES[(row / 2) % 3]}?`
      : `does the image not contain a ${COLOURS[((row - 1) / 2) % 4]} ${SHAPES[row % 3]}`;
  // what colour is the, does image not contain a, three shapes, four colours
  expect(await remarksOf(question)).toEqual(["sentences=8,16"]);
});

it("of Chinese, whose words no spaces part, by its segments", async () => {
  const shapes = ["圆形", "三角形", "长方形"];
  const colours = ["红色", "绿色", "蓝色", "黑色"];
  const question = (row: number): string =>
    row % 2 === 0
      ? `这张图片里的${shapes[(row / 2) % 3]}是什么颜色？`
      : `图片里有没有${colours[((row - 1) / 2) % 4]}的${shapes[row % 3]}？`;
  const [remark = "", ...others] = await remarksOf(question);
  expect(others).toEqual([]);
  const values = Array.from({ length: 240 }, (_, row) => tokenize(question(row), "segments", true));
  expect(remark).toBe(`sentences=${Math.max(...values.map(({ length }) => length))},${new Set(values.flat()).size}`);
});

it.each([
  ["Chinese places", ["内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区", "香港特别行政区"]],
  ["places", ["New York", "Los Angeles", "San Francisco", "New Orleans", "San Diego", "Rio de Janeiro"]],
  ["opinions", ["very good", "good", "bad", "very bad", "neither good nor bad", "not very good"]],
  [
    "long names that share hardly a word",
    [
      "Bank of New South Wales",
      "The Hongkong and Shanghai Banking Corporation",
      "Deutsche Bank für Handel und Gewerbe",
      "Crédit Agricole Corporate et Investissement",
      "Banco Bilbao Vizcaya Argentaria Spain",
      "Royal Charter Society Trust Limited",
    ],
  ],
])("but not of %s", async (_, values) => {
  expect(await remarksOf((row) => values[row % values.length] as string)).toEqual([]);
});

it("texts whose words no spaces part are texts, and say so", async () => {
  const parts = [
    ["昨天", "今天", "上周"],
    ["我在这家店买了", "朋友推荐我用了", "第二次购买"],
    ["手机", "耳机", "键盘", "电脑"],
    ["质量很好，非常满意", "包装破损，客服不理人", "物流太慢，等了很久"],
    ["值得推荐。", "不会再买了。"],
  ];
  const text = (row: number): string => parts.map((some, k) => some[Math.floor(row / (k + 1) + row * k) % some.length]).join("") + row;
  const rows = Array.from({ length: 60 }, (_, row) => `${text(row)},${row % 2}`);
  const { columns } = await place.importContent(`评论,y\n${rows.join("\n")}\n`);
  expect([columns[0]?.type, columns[0]?.remarks]).toEqual(["text", ["segments"]]);
  const { steps } = proposeData({ kind: "file", name: "t" }, columns, ["y"]);
  expect(steps).toMatchObject([{ type: "bag_of_words", columns: ["评论"], tokenizer: "segments" }]);
});
