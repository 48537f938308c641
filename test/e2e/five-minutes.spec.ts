/**
 * The first five minutes, as somebody has them who has never seen the app: a network that does not learn, the layer that glows, another
 * activation, both runs side by side, a table of one's own, and a model that scores new rows to the last bit. By mouse and keys alone.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { saveTo } from "./saving.ts";

test("five minutes: not learning, one layer changed, both runs side by side, own table, exported, the same bits", async ({ app }) => {
  const { page, home } = app;
  const complaints = watchComplaints(page);
  const status = page.getByRole("contentinfo");
  await openTemplate(page, "Deep network that does not learn");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1");
  await expect(page.getByRole("list", { name: "What this run says" })).toContainText("It does not learn");

  // The layer that glows says why; another activation by keys, and the focus is where the keys were.
  await page.locator(".layer-node.glow-vanishing").first().click();
  const inspector = page.getByRole("complementary").last();
  await expect(inspector.getByRole("note")).toContainText("The gradient vanishes on its way back to this layer");
  await inspector.getByLabel("Activation", { exact: true }).focus();
  await page.keyboard.type("relu");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 2");
  await page.getByRole("tab", { name: "Compare" }).click();
  const changed = page.getByRole("row", { name: /≠ differs/ });
  await expect(changed).toHaveCount(1);
  await expect(changed).toContainText("Activation");
  await expect(changed).toContainText("Sigmoid");

  // A table of one's own, dropped anywhere in the window.
  const table = join(home, "mine.csv");
  writeFileSync(table, ownTable());
  await drop(page, "mine.csv", ownTable());
  await page.getByRole("region", { name: "What should be predicted?" }).getByRole("combobox").selectOption("smoker");
  // What is wrong is counted anew, of the rows of this table, and every sentence and button stays inside its panel.
  await expect(status).toContainText("841 parameters");
  await expect(status).not.toContainText("to fix");
  await page.getByRole("button", { name: "Design", exact: true }).click();
  await page.getByRole("tab", { name: /^Checks/ }).click();
  await expect(inspector).toContainText("841 weights learn from at most 96 rows");
  expect(
    await inspector.evaluate(
      (panel) => [...panel.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > window.innerWidth).length,
    ),
  ).toBe(0);
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 3");

  // The code of the network, the model and what the app predicts with it.
  const exporting = page.getByRole("banner").getByRole("button", { name: "Export", exact: true });
  await exporting.click();
  const dialog = page.getByRole("dialog");
  const [model, predicted, scored] = ["model.json", "predicted.csv", "scored.csv"].map((name) => join(home, "saved", name)) as [
    string,
    string,
    string,
  ];
  await saveTo(app, model, () => dialog.getByRole("button", { name: "Export model" }).click());
  await expect(dialog).toContainText("the largest difference is 0");
  await dialog.getByRole("tab", { name: "Predictions" }).click();
  await saveTo(app, predicted, () => dialog.getByRole("button", { name: "Write predictions" }).click());
  await dialog.getByRole("tab", { name: "Code" }).click();
  await expect(dialog.locator(".code-preview")).toContainText("import torch");
  await dialog.getByLabel("Format", { exact: true }).selectOption("keras");
  await expect(dialog.locator(".code-preview")).toContainText("import keras");
  const script = join(home, "saved", "network.py");
  await saveTo(app, script, () => dialog.getByRole("button", { name: "Save the script" }).click());
  expect(readFileSync(script, "utf8")).toContain("import keras");
  await page.keyboard.press("Escape");
  await expect(exporting, "the focus comes back").toBeFocused();

  const cli = join(import.meta.dirname, "../../main/cli/neuroloom.mjs");
  const { status: code, stderr } = spawnSync(process.execPath, [cli, "predict", model, "--data", table, "--out", scored], {
    encoding: "utf8",
  });
  expect(stderr + String(code)).toBe("0");
  expect(readFileSync(scored, "utf8")).toBe(readFileSync(predicted, "utf8"));
  expect(complaints).toEqual([]);
});

/** Three columns with a gap here and there, and a target that hangs on two of them. */
function ownTable(): string {
  const rows = Array.from({ length: 120 }, (_, row) => {
    const height = 150 + ((row * 37) % 50);
    const weight = 45 + ((row * 53) % 60);
    const city = ["Basel", "Bern", "Zürich"][row % 3];
    return `${height},${row % 17 === 3 ? "" : weight},${city},${height + weight > 245 ? "yes" : "no"}`;
  });
  return `height,weight,city,smoker\n${rows.join("\n")}\n`;
}

/** What the browser tells the page when a file is let go over it. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([file.text], file.name, { type: "text/csv" }));
      return transfer;
    },
    { name, text },
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer });
  await expect(page.getByText("Drop the file to open it")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
