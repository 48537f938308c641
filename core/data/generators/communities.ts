/**
 * People in communities (a stochastic block model: Holland, Laskey & Leinhardt 1983): links are more likely within a community than
 * between two. Two numbers of each person tell a little of the community; the links tell more.
 */
import { type Generator, numbers, tableOf } from "./generator.ts";

const NAMES = "abcdefghij";
/** How far apart the communities' numbers lie, in deviations of what is added to them. */
const DISTANCE = 0.8;

export default {
  name: "communities",
  texts: {
    en: {
      label: "Communities",
      summary: "A drawn graph of people who know each other: numbers of each, the people they are linked to, and their community.",
    },
    zh: { label: "社群", summary: "随机生成的人际图：每人的数值、与之相连的人以及所属社群。" },
  },
  options: [
    { name: "count", default: 200, min: 4, max: 20_000 },
    { name: "noise", default: 1, min: 0, max: 10 },
    { name: "seed", default: 0, min: 0, max: 2 ** 31 - 1 },
    { name: "communities", default: 3, min: 2, max: 10 },
    { name: "links_inside", default: 6, min: 0, max: 100 },
    { name: "links_outside", default: 1, min: 0, max: 100 },
  ],
  target: "community",
  generate: ({ count = 0, noise = 0, communities = 2, links_inside: inside = 0, links_outside: outside = 0 }, random) => {
    const codes = Int32Array.from({ length: count }, (_, row) => row % communities);
    const links: string[][] = Array.from({ length: count }, () => []);
    const size = count / communities;
    for (let one = 0; one < count; one += 1)
      for (let other = one + 1; other < count; other += 1) {
        const [wanted, people] = codes[one] === codes[other] ? [inside, size - 1] : [outside, count - size];
        if (random.float() < wanted / Math.max(1, people)) links[one]?.push(`p${other + 1}`);
      }
    const angle = (row: number): number => (2 * Math.PI * (codes[row] as number)) / communities;
    const around = (row: number, of: (angle: number) => number): number => DISTANCE * of(angle(row)) + noise * random.normal();
    return tableOf(count, [
      { kind: "text", name: "person", values: links.map((_, row) => `p${row + 1}`) },
      numbers(
        "x1",
        links.map((_, row) => around(row, Math.cos)),
      ),
      numbers(
        "x2",
        links.map((_, row) => around(row, Math.sin)),
      ),
      { kind: "text", name: "links", values: links.map((own) => own.join(" ")) },
      { kind: "category", name: "community", codes, categories: [...NAMES.slice(0, communities)] },
    ]);
  },
} satisfies Generator;
