/** A report has all that the evaluation of its runs has, with the very same figures: classes, curves with their areas, calibration, residuals, groups over seeds. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Evaluation, MethodOutput } from "../../core/protocol/methods.ts";
import { number } from "../../core/report/pictures.ts";
import { countedRuns, valuesOf } from "../../core/sweeps/group-figures.ts";
import { summaryOf } from "../../core/sweeps/statistics.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

async function pageOf(host: OpenedHost, run_ids: string[], language: "en" | "zh" = "en"): Promise<string> {
  const { download } = await host.handlers["exports.report"]({ run_ids, language });
  return readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8");
}

/** Of a heading up to the next one of its size. */
function sectionOf(page: string, heading: string): string {
  const from = page.indexOf(`<h2>${heading}</h2>`);
  const to = page.indexOf("<h2>", from + 4);
  return from < 0 ? "" : page.slice(from, to < 0 ? page.length : to);
}

function withTest(opened: OpenedTemplate): OpenedTemplate {
  const { data } = opened.design;
  if (data === null) throw new Error("the template has no data");
  const split = { ...data.split, test_fraction: 0.2 };
  return { ...opened, design: { ...opened.design, data: { ...data, split } } };
}

/** Figures by class and curves stand on the page as the evaluation has them. */
function expectClasses(section: string, evaluation: Evaluation): void {
  const [output] = evaluation.outputs;
  if (output === undefined) throw new Error("nothing was evaluated");
  for (const { label, support, figures } of output.classes) {
    expect(section).toContain(`<tr><th scope="row">${label}</th><td class="number">${number(support)}</td>`);
    for (const value of Object.values(figures)) expect(section).toContain(`<td class="number">${number(value)}</td>`);
  }
  expect(output.curves.length).toBeGreaterThan(0);
  for (const { kind, area } of output.curves)
    expect(section).toContain(`${kind === "roc" ? "ROC, area" : "Precision and recall, average"} ${number(area)}</figcaption>`);
  expect(section).toContain(`Calibration, expected error ${number(output.figures["expected_calibration_error"])}`);
  for (const value of [output.loss, ...Object.values(output.figures)])
    expect(section).toContain(`<td class="number">${number(value)}</td>`);
}

describe("the evaluation in a report", () => {
  it("of classes has figures by class, ROC and precision–recall of each with their areas and calibration, of validation and of test rows", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = withTest(await openTemplate(host, "softmax-regression", { epochs: 3 }));
    const { id } = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
    const page = await pageOf(host, [id]);
    for (const part of ["validation", "test"] as const) {
      const section = sectionOf(page, `Evaluation, ${part} rows`);
      const { evaluation } = await host.handlers["runs.evaluation"]({ id, part });
      expectClasses(section, evaluation);
      expect(section).toContain("Confusion matrix");
      // One chart a class and kind, and the calibration.
      expect(section.match(/<figure class="unit">/g)).toHaveLength((evaluation.outputs[0]?.curves.length ?? 0) + 1);
    }
    const chinese = await pageOf(host, [id], "zh");
    for (const text of ["评估（验证行）", "评估（测试行）", "各类别", "校准", "混淆矩阵"]) expect(chinese).toContain(text);
    // Of two runs the curves lie over each other, each with its area beside its mark.
    const other = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
    const both = sectionOf(await pageOf(host, [id, other.id]), "Evaluation, validation rows");
    expect(both.match(/<p class="runs-named">/g)?.length).toBe(both.match(/<figure class="unit">/g)?.length);
    expect(both).toMatch(/<path class="c1" d="M[^"]*"\/><path class="end c1"[^>]*><path class="c2" d="M/);
  });

  it("of numbers has the residuals that the evaluation draws", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "linear-regression", { epochs: 3 });
    const { id } = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
    const section = sectionOf(await pageOf(host, [id]), "Evaluation, validation rows");
    const found: MethodOutput<"runs.residuals"> = await host.handlers["runs.residuals"]({
      id,
      part: "validation",
      node_id: null,
      target: 0,
      against: null,
    });
    expect(section).toContain(`Mean ${number(found.summary.mean)}, deviation ${number(found.summary.deviation)};`);
    expect(section.match(/<circle class="dot c1"/g)).toHaveLength(found.points.length);
    expect(section.match(/<rect class="bar c1"/g)).toHaveLength(found.summary.histogram.length);
    expect(section.match(/<rect class="band c1"/g)).toHaveLength(found.bands.length);
  });

  it("tells mean and deviation of the group over its seeds, of one of its members too", async () => {
    await using home = testHome();
    const host = await home.open();
    const { projectId: project_id, datasetId: dataset_id, design } = await openTemplate(host, "softmax-regression", { epochs: 2 });
    const plan = { kind: "seeds" as const, seeds: [1, 2, 3] };
    const { group } = await host.handlers["groups.start"]({ project_id, dataset_id, design, plan });
    await expect.poll(async () => (await host.handlers["groups.get"]({ id: group.id })).group.status, { timeout: 60_000 }).toBe("done");
    const { runs } = await host.handlers["groups.get"]({ id: group.id });
    expect(countedRuns(runs)).toHaveLength(3);
    const summary = summaryOf(valuesOf(runs, "val_loss"));
    const section = sectionOf(await pageOf(host, [runs[0]?.id ?? ""]), "Groups: mean and deviation");
    expect(section).toContain("<h3>3 seeds</h3>");
    expect(section).toContain(
      `<tr><th scope="row">Loss, validation</th><td class="number">${number(summary?.mean)}</td><td class="number">${number(summary?.deviation)}</td>`,
    );
    expect(sectionOf(await pageOf(host, [runs[0]?.id ?? ""], "zh"), "组：均值与标准差")).toContain("3 个种子");
  });
});
