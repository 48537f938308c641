/** Word vectors chosen by hand: how many words have one, another width mended with one click, kept as they are. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, node, test } from "./app.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

const TEXTS = ["good film", "bad film", "good good book", "bad book", "fine film", "awful book", "good story", "bad story"];
const CSV = `text,label\n${[...TEXTS, ...TEXTS].map((text, row) => `${text},${row % 2 === 0 ? "plus" : "minus"}`).join("\n")}\n`;
const VEC = "4 3\ngood 0.25 -0.5 1\nzebra 9 9 9\nbad 0.5 0.5 -2\nfilm -1 0.125 0.75\n";

function design(): object {
  const layers = [
    { type: "input", config: { shape: [4] } },
    { type: "embedding", config: { input_dim: 20, output_dim: 5 } },
    { type: "flatten", config: {} },
    { type: "dense", config: { units: 1, activation: "sigmoid" } },
    { type: "output", config: { loss: "binary_crossentropy" } },
  ];
  const nodes = layers.map((layer, place) => ({
    ...layer,
    id: `n${place}`,
    name: `${layer.type}_${place}`,
    position: { x: 220 * place, y: 0 },
  }));
  const edges = nodes
    .slice(1)
    .map(({ id }, place) => ({ id: `e${place}`, source: `n${place}`, source_port: "output", target: id, target_port: "input" }));
  const data = {
    source: { kind: "file", name: "t.csv" },
    columns: [
      { name: "text", type: "text", role: "feature" },
      { name: "label", type: "categorical", role: "target" },
    ],
    steps: [{ type: "token_sequence", columns: ["text"], vocabulary: 20, length: 4 }],
    split: { method: "none", validation_fraction: 0.25, seed: null },
    class_count: 2,
  };
  return { format: "neuroloom-design", format_version: 1, name: "words", graph: { nodes, edges, groups: [] }, train: { epochs: 2 }, data };
}

async function choose(page: Page, name: string, file: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name, exact: true }).first().click();
  await (await chooser).setFiles(file);
}

for (const chosen of FEW_LOOKS)
  test(`word vectors in ${chosen.language}, ${chosen.theme}`, async ({ app: { page, home } }) => {
    const { say, t, look, complaints } = await begin(page, chosen);
    const folder = join(home, "files");
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries({
      "d.json": JSON.stringify(design()),
      "t.csv": CSV,
      "small.vec": VEC,
      "broken.vec": "good 1 2\nbad 1\n",
    }))
      writeFileSync(join(folder, name), content);
    await page.getByLabel(say("start.import"), { exact: true }).setInputFiles(join(folder, "d.json"));
    await node(page, "embedding_1").click();
    const panel = page.getByRole("region", { name: say("vectors.title") });
    await expect(panel).toContainText(say("vectors.data_first"));
    await page.getByRole("button", { name: say("shell.data"), exact: true }).click();
    await choose(page, say("data.open_file"), join(folder, "t.csv"));
    await expect(page.getByRole("heading", { name: "t.csv" })).toBeVisible();
    await page.getByRole("button", { name: say("shell.designer"), exact: true }).click();
    await node(page, "embedding_1").click();
    await choose(page, say("vectors.choose"), join(folder, "broken.vec"));
    await expect(panel.getByRole("alert")).toBeVisible();
    await choose(page, say("vectors.choose"), join(folder, "small.vec"));
    await expect(panel.getByText(say("vectors.found", { found: "3", of: "7" }), { exact: true })).toBeVisible();
    await page
      .getByRole("button", { name: t("Set Length of embedding_1 to 3", "把 embedding_1 的 长度 设为 3") })
      .first()
      .click();
    await panel.getByRole("switch").click();
    await expect(panel.getByRole("switch")).toBeChecked();
    await look("vectors");
    await page.keyboard.press("Control+z");
    await expect(panel.getByRole("switch")).not.toBeChecked();
    expect(complaints).toEqual([]);
  });
