/** Of more runs than fit beside each other what differs stands in rows of runs, so that a printed page holds it. */
import { expect, it } from "vitest";
import type { DesignDocument } from "../graph/document.ts";
import { reportHtml } from "./report.ts";

const page = (count: number): string =>
  reportHtml({
    runs: Array.from({ length: count }, (_, k) => {
      const design = { name: "x", notes: "", graph: { nodes: [], edges: [] }, train: { batch_size: 10 + k }, data: null };
      const run = { name: `#${k + 1}`, notes: "", status: "done", created_at: 0, started_at: 0, seconds: 1, epoch: 1, epochs: 1 };
      const more = { parameters: 3, seed: 0, engine_version: "1", backend: null, dataset_name: "d", data_fingerprint: "f", spec_hash: "s" };
      return {
        run: { ...run, ...more, metrics: {} } as unknown as Parameters<typeof reportHtml>[0]["runs"][number]["run"],
        design: design as unknown as DesignDocument,
        curves: [],
        judged: [],
        verdicts: [],
      };
    }),
    language: "en",
    madeAt: "",
    version: "1",
  });

const differing = (html: string): string => /Settings that differ<\/h2>(.*?)<h2>/s.exec(html)?.[1] ?? "";
const rows = (html: string): string[] => html.match(/<tr>.*?<\/tr>/gs) ?? [];

it("names the setting once and each run in a row of its own, and of few runs the other way round", () => {
  const many = rows(differing(page(12)));
  expect(many).toHaveLength(13);
  expect(many[0]).toContain("Batch size");
  expect(many[12]).toMatch(/#12<\/th><td>21<\/td>/);
  const few = rows(differing(page(3)));
  expect(few).toHaveLength(2);
  expect(few[0]).toMatch(/#1.*#2.*#3/s);
  expect(few[1]).toMatch(/Batch size.*<td>10<\/td><td>11<\/td><td>12<\/td>/s);
});
