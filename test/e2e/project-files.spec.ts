/** A project saved as a file and opened again, one project in two windows, and a network proposed for a file of one's own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, openTemplate, test } from "./app.ts";

test("a project goes into a file and comes back as a copy; a second window is told", async ({ app }, info) => {
  const { page, entry } = app;
  test.skip(entry === "electron", "saves by the system's own dialog");
  await openTemplate(page, "Exclusive or");

  const other = await page.context().newPage();
  await other.goto(new URL("/", page.url()).href);
  await other.getByRole("button", { name: /^Open project / }).click();
  const told = other.getByRole("dialog", { name: "Open in another window" });
  await expect(told).toBeVisible();
  // Keys of the screen behind it do nothing.
  await other.keyboard.press("Control+s");
  await other.keyboard.press("Control+Shift+h");
  await expect(other.getByRole("dialog", { includeHidden: true })).toHaveCount(1);
  await told.getByRole("button", { name: "Back to projects" }).click();
  await expect(told).toBeHidden();
  await other.close();

  await page.getByRole("button", { name: "Neuroloom, all projects" }).click();
  await page.getByRole("button", { name: /^Actions for / }).click();
  await page.getByRole("menuitem", { name: "Save as a file" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/\.neuroloom$/);
  const path = join(info.outputDir, download.suggestedFilename());
  await download.saveAs(path);

  await page.getByLabel("Open a file", { exact: true }).setInputFiles(path);
  const known = page.getByRole("dialog", { name: "This project is here already" });
  await known.getByRole("button", { name: "Take over as a copy" }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "Train" })).toBeVisible();
  await page.getByRole("button", { name: "Neuroloom, all projects" }).click();
  await expect(page.getByRole("button", { name: /^Open project / })).toHaveCount(2);

  // A file of something else is refused in words.
  await page
    .getByLabel("Open a file", { exact: true })
    .setInputFiles({ name: "notes.json", mimeType: "application/json", buffer: Buffer.from('{"a": 1}') });
  const refused = page.getByRole("dialog", { name: "The file" });
  await expect(refused).toContainText("This is neither a design nor a trained model");
  await refused.getByRole("button", { name: "Close", exact: true }).last().click();

  // A model of Keras through the file button, one of TensorFlow.js with its weights dropped on the window: each a canvas of its own.
  const fixture = (name: string): string => join(import.meta.dirname, "../imports/fixtures", name);
  await page.getByLabel("Open a file", { exact: true }).setInputFiles(fixture("chain.keras3.json"));
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  await page.getByRole("button", { name: "Neuroloom, all projects" }).click();
  const files = ["branches.tfjs.json", "branches.bin"].map((name) => ({ name, bytes: [...readFileSync(fixture(name))] }));
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of dropped) transfer.items.add(new File([new Uint8Array(bytes)], name));
    return transfer;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer });
  await page.dispatchEvent("body", "drop", { dataTransfer });
  await expect(page.getByRole("button", { name: "Runs · 1" })).toBeVisible();
  await page.getByRole("button", { name: "Neuroloom, all projects" }).click();
  await expect(page.getByRole("button", { name: /^Open project / })).toHaveCount(4);

  // A table chosen there is looked at for networks, rather than refused.
  const table = { name: "table.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,yes\n2,no\n3,yes\n4,no\n5,yes\n6,no\n") };
  await page.getByLabel("Open a file", { exact: true }).setInputFiles(table);
  const proposing = page.getByRole("dialog", { name: "New from my data" });
  await expect(proposing).toContainText("table.csv");
  await page.keyboard.press("Escape");
  await expect(proposing).toHaveCount(0);
  await page.getByRole("button", { name: /^New from my data/ }).click();
  const rows = Array.from({ length: 60 }, (_, k) => `${k % 7},${(k * 13) % 11},${k % 2 === 0 ? "even" : "odd"},${2000 + k}-03-04`);
  const file = { name: "numbers.csv", mimeType: "text/csv", buffer: Buffer.from(`a,b,kind,day\n${rows.join("\n")}\n`) };
  await page.getByLabel("Choose a file …", { exact: true }).setInputFiles(file);
  const target = page.getByLabel("What is to be predicted");
  await expect(target).toHaveValue("kind");
  // What cannot be predicted is said, and another column is chosen where it is said.
  await target.selectOption("day");
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("'day' holds dates");
  await target.selectOption("kind");
  await page.getByRole("button", { name: "Use this network: One hidden layer" }).click();
  await page.getByRole("banner").getByRole("button", { name: "Train" }).click();
  await expect(page.getByRole("button", { name: "Runs · 1" })).toBeVisible();
});

test("records as JSON that are chosen on the start screen are data, whose classes are counted in all three parts", async ({
  app: { page },
}) => {
  const rows = Array.from({ length: 60 }, (_, k) => ({ size: k % 17, kind: k % 3 === 0 ? "cat" : "dog" }));
  const file = { name: "pets.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(rows)) };
  await page.getByLabel("Open a file", { exact: true }).setInputFiles(file);
  const proposing = page.getByRole("dialog", { name: "New from my data" });
  await expect(proposing.getByLabel("What is to be predicted")).toHaveValue("kind");
  await proposing.getByRole("button", { name: "Use this network: One hidden layer" }).click();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page.getByRole("textbox", { name: "Kept aside for a test" }).fill("20");
  await page.getByRole("textbox", { name: "Kept aside for a test" }).press("Enter");
  await expect(page.getByRole("listitem", { name: "cat: 12 training, 4 validation, 4 test" })).toBeVisible();
});
