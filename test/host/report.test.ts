/** Reports: everything kept of a run is on the page, nothing on it reaches outside, and hostile names stay text. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>&lt;\u0001`;

async function pageOf(host: OpenedHost, run_ids: string[], language: "en" | "zh"): Promise<string> {
  const { download, size_bytes } = await host.handlers["exports.report"]({ run_ids, language });
  const text = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8");
  expect(Buffer.byteLength(text)).toBe(size_bytes);
  return text;
}

describe("a report", () => {
  it("of a comparison holds figures, curves, designs, settings, data and verdicts, in both languages, and needs nothing else", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 3 });
    const first = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
    const hostile = {
      ...opened.design,
      name: HOSTILE,
      train: { ...opened.design.train, epochs: 2 },
      graph: {
        ...opened.design.graph,
        nodes: opened.design.graph.nodes.map((node, place) => (place === 0 ? { ...node, name: HOSTILE.slice(0, 60) } : node)),
      },
    };
    const second = await runUntil(host, (await startRun(host, { ...opened, design: hostile })).id, hasEnded);
    await host.handlers["runs.update"]({ id: second.id, name: HOSTILE, notes: `</pre>${HOSTILE}` });
    const page = await pageOf(host, [first.id, second.id], "en");
    for (const text of ["Comparison of 2 runs", "Settings that differ", first.data_fingerprint, "Accuracy, validation", "Confusion matrix"])
      expect(page).toContain(text);
    expect(page.match(/<svg class="chart"/g)?.length).toBeGreaterThanOrEqual(2);
    expect(page.match(/<svg class="design"/g)).toHaveLength(2);
    expect(page).toMatch(/>Epochs<\/th><td>3<\/td><td>2<\/td>/);
    expect(page).not.toMatch(/<script|<img|<link|<iframe|javascript:|url\(|https?:\/\//i);
    expect(page).not.toContain("\u0001");
    expect(page).toContain("&lt;script&gt;alert(&#39;x&#39;)");
    // Every tag is one of ours: what was named opens none.
    const tags = new Set([...page.matchAll(/<([a-z0-9]+)/gi)].map(([, tag]) => tag));
    const ours =
      "html head meta title style body h1 h2 h3 h4 p ul li div table thead tbody tr th td span svg path g rect circle text line figure figcaption pre section br strong";
    expect([...tags].filter((tag) => !ours.split(" ").includes(tag ?? ""))).toEqual([]);
    const chinese = await pageOf(host, [first.id], "zh");
    expect(chinese).toContain('lang="zh-CN"');
    expect(chinese).toContain("的报告");
    expect(chinese).not.toContain("Settings");
    // What a design names stands in words, in the language of the page.
    for (const text of [">批大小<", ">多类交叉熵<", ">优化器<", ">已完成<"]) expect(chinese).toContain(text);
    expect(chinese).not.toMatch(/>(categorical_crossentropy|batch_size|done)</);
  });

  it("of a baseline beside a network says no epochs of what has none, and has no head over nothing", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 3 });
    const network = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
    const { design, projectId: project_id, datasetId: dataset_id } = opened;
    const { runs } = await host.handlers["baselines.start"]({ project_id, design, dataset_id });
    const baseline = await runUntil(host, runs[0]?.id ?? "", hasEnded);
    const page = await pageOf(host, [network.id, baseline.id], "en");
    expect(page).toContain("Majority or mean");
    expect(await pageOf(host, [baseline.id], "zh")).toContain("多数类或均值");
    // The design and the training are the network's; what is done with the data is of both.
    expect(page.match(/<svg class="design"/g)).toHaveLength(1);
    const own = page.slice(page.indexOf(">Design<"), page.indexOf('<svg class="design"'));
    expect(own).toContain(network.name);
    expect(own).not.toContain(baseline.name);
    expect(page).toContain("Settings that are the same");
    expect(page).toMatch(/>Epochs<\/th><td>3<\/td>/);
    // More figures than runs: they are its rows.
    expect(page).toContain(">Accuracy, validation</th>");
    expect(page).toContain("<td>3 / 3</td><td>–</td>");
    expect(page).not.toContain("0 / 0");
    expect(page).not.toMatch(/<h3>[^<]*(<span[^>]*><\/span>)?[^<]*<\/h3><ul><\/ul>/);
  });

  it("of an ensemble names its rule and its members with their figures, and shows no design as its own", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 2 });
    const ids: string[] = [];
    for (let member = 0; member < 2; member += 1) ids.push((await runUntil(host, (await startRun(host, opened)).id, hasEnded)).id);
    const { run } = await host.handlers["ensembles.create"]({ ids, rule: "vote", name: "both" });
    const members = (await host.handlers["runs.list"]({ project_id: opened.projectId })).runs.filter(({ id }) => ids.includes(id));
    const page = await pageOf(host, [run.id], "en");
    expect(page).toContain("Members of both");
    expect(page).toContain("what most of its members say");
    for (const { name } of members) expect(page).toContain(`<th scope="row">${name}</th>`);
    expect(page).not.toContain('class="design"');
    expect(page).not.toContain("Settings</h2>");
    // Beside one of its members that run's settings are told, with the mark that it has elsewhere on the page.
    const both = await pageOf(host, [run.id, ids[0] ?? ""], "en");
    expect(both).toContain('class="design"');
    await host.handlers["runs.delete"]({ ids: [ids[0] ?? ""] });
    expect(await pageOf(host, [run.id], "en")).not.toContain(`<th scope="row">${members.find(({ id }) => id === ids[0])?.name}</th>`);
  });
});
