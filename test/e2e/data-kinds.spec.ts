/** Pictures, texts and time series on the data screen, by mouse and keys, with small files made here. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { idx, png, redAndBlue } from "../picture-files.ts";
import { expect, test, watchComplaints } from "./app.ts";
import { chooseFiles, openDataScreen } from "./data-files.ts";

const steps = (page: Page) => page.getByRole("list", { name: "Steps" }).getByRole("listitem");
const stepNames = (page: Page) => page.locator(".steps-list .step-name b");

test("a zip of pictures is dropped: thumbnails, a wall by class, and the options of the picture step", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  const packed = (await redAndBlue(6)).toString("base64");
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], "shades.zip", { type: "application/zip" }));
    return transfer;
  }, packed);
  await page.dispatchEvent("main", "dragover", { dataTransfer: dropped });
  await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
  await expect(page.getByRole("heading", { name: "shades.zip" })).toBeVisible();
  await page.getByLabel("Choose the target column…").selectOption("label");
  await expect(page.getByText("10 training")).toBeVisible();

  await page.getByRole("tab", { name: "Pictures" }).click();
  const red = page.getByRole("region", { name: "red" });
  await expect(red.getByRole("img")).toHaveCount(6);
  await expect(red.locator("canvas[aria-busy=false]")).toHaveCount(6);
  const middle = await red
    .locator("canvas")
    .first()
    .evaluate((canvas) => [...((canvas as HTMLCanvasElement).getContext("2d")?.getImageData(2, 2, 1, 1).data ?? [])]);
  expect((middle[0] ?? 0) > 100 && (middle[2] ?? 255) < 60).toBe(true);

  await page.getByRole("tab", { name: "Rows · 12" }).click();
  await expect(page.getByRole("table", { name: "Rows of shades.zip" }).locator("canvas[aria-busy=false]").first()).toBeVisible();

  await page.getByRole("tab", { name: "Columns · 3" }).click();
  await page.getByRole("button", { name: "picture: figures and preparation" }).click();
  await page.getByLabel("Colour", { exact: true }).selectOption("grey");
  await page.getByRole("tab", { name: /^Target/ }).click();
  await expect(page.getByText("48 features from 1 column")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("144 features from 1 column")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("pictures and labels are chosen together; files that cannot be one data set are refused", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "a.bin": new Uint8Array([0, 1, 2, 0, 200, 3]), "b.csv": "x,y\n1,2\n" });
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("alert").or(dialog.getByLabel("Learn from the rows of"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const values = Array.from({ length: 20 * 16 }, (_, place) => (place * 7) % 256);
  const labels = Array.from({ length: 20 }, (_, place) => place % 2);
  await chooseFiles(page, home, { "t-labels": idx([20], labels), "t-images": idx([20, 4, 4], values) });
  await expect(page.getByText("20 rows × 2 columns")).toBeVisible();
  await page.getByLabel("Choose the target column…").selectOption("label");
  await expect(page.getByText("16 features from 1 column")).toBeVisible();
});

/** As a person drops it: the browser itself reads what lies there. */
async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 700, y: 450, data });
  await session.detach();
}

async function putFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

test("folders of pictures, of texts and of tables are dropped and chosen in a browser", async ({ app: { page, home }, entry }) => {
  test.skip(entry === "electron", "the window has paths: chosen-folder.test.ts");
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  const shades = await putFiles(join(home, "shades"), {
    "red/1.png": await png(200, 0, 0),
    "red/2.png": await png(180, 0, 0),
    "blue/1.png": await png(0, 0, 200),
    "blue/2.png": await png(0, 0, 180),
  });
  await dropPaths(page, [shades]);
  await expect(page.getByRole("heading", { name: "shades" })).toBeVisible();
  await expect(page.getByText("4 rows × 3 columns")).toBeVisible();

  await page.getByRole("button", { name: "Other data…" }).click();
  const mails = await putFiles(join(home, "mails"), {
    "README.txt": "about",
    "ham/1.txt": "see you",
    "ham/2.txt": "lunch at noon",
    "spam/1.txt": "win money",
  });
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await (await chooser).setFiles(mails);
  await expect(page.getByRole("heading", { name: "mails" })).toBeVisible();
  await expect(page.getByText("3 rows × 3 columns")).toBeVisible();

  const tables = await putFiles(join(home, "tables"), { "train.csv": "x,y\n1,2\n3,4\n", "test.csv": "x,y\n5,6\n" });
  await dropPaths(page, [tables]);
  await expect(page.getByRole("dialog").getByLabel("Learn from the rows of").locator("option:checked")).toHaveText("train.csv");
  await page.keyboard.press("Escape");

  const lines = await putFiles(join(home, "lines"), { "rt.pos": "fine\nlovely\n", "rt.neg": "dull\n" });
  await dropPaths(page, [join(lines, "rt.neg"), join(lines, "rt.pos")]);
  await expect(page.getByRole("heading", { name: "rt", exact: true })).toBeVisible();
  await expect(page.getByText("3 rows × 3 columns")).toBeVisible();
  expect(complaints).toEqual([]);
});

function messages(): string {
  const words = ["cheap prize now", "see you tomorrow", "win money today", "lunch at noon then"];
  const rows = Array.from(
    { length: 40 },
    (_, row) => `${row % 2 === 0 ? "spam" : "ham"}\t${words[row % 4]} and this is message number ${row} of all`,
  );
  return `kind\ttext\n${rows.join("\n")}\n`;
}

test("a text becomes a bag of words, then a sequence of tokens of the length asked for", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "messages.tsv": messages() });
  await page.getByLabel("Choose the target column…").selectOption("kind");
  await page.getByRole("button", { name: "text: figures and preparation" }).click();
  await expect(page.getByLabel("Becomes numbers by")).toHaveValue("bag_of_words");
  const samples = page.getByRole("region", { name: "As the step sees it" });
  await expect(samples.getByRole("img", { name: "Tokens of the first 40 texts: 11.0 on average, 12 at most." })).toBeVisible();
  await expect(samples.getByRole("listitem").first().locator("mark").first()).toHaveText("cheap");
  await page.getByRole("textbox", { name: "Words at most" }).fill("9");
  await page.getByRole("textbox", { name: "Words at most" }).press("Enter");
  await page.getByRole("tab", { name: /^Target/ }).click();
  await expect(page.getByText("9 features from 1 column")).toBeVisible();
  await page.getByRole("tab", { name: "Column", exact: true }).click();
  await samples.getByText("What the texts are about").click();
  await expect(samples.getByRole("list", { name: "Key words" }).getByRole("listitem").first()).toBeVisible();
  await expect(samples.getByRole("table", { name: "Often together" })).toBeVisible();
  await page.getByLabel("Becomes numbers by").selectOption("token_sequence");
  await page.getByLabel("Split into").selectOption("byte_pair");
  await expect(samples.getByRole("listitem").first().locator("mark").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Length" }).fill("12");
  await page.getByRole("textbox", { name: "Length" }).press("Enter");
  await page.getByRole("tab", { name: /^Target/ }).click();
  await expect(page.getByText("12 features from 1 column")).toBeVisible();
});

function series(): string {
  const rows = Array.from({ length: 60 }, (_, day) => {
    // Ten days are left out after the fortieth.
    const date = new Date(Date.UTC(2024, 0, 1 + day + (day >= 40 ? 10 : 0)));
    return `${date.toISOString().slice(0, 10)},${(100 + 10 * Math.sin(day)).toFixed(2)},${day % 5}`;
  });
  return `day,sales,rain\n${rows.join("\n")}\n`;
}

test("a series is learnt from earlier rows: window, horizon, columns, the split and a gap in the dates", async ({
  app: { page, home },
}) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  await chooseFiles(page, home, { "series.csv": series() });
  await page.getByLabel("Choose the target column…").selectOption("sales");
  await page.getByRole("switch", { name: "Learn from earlier rows" }).click();
  await expect(page.getByLabel("Method")).toHaveValue("time");
  await expect(page.getByLabel("In the order of")).toHaveValue("day");
  await expect(page.getByRole("img", { name: "sales over 60 rows, the last 20 % held out" })).toBeVisible();
  await expect(page.getByText(/1 gap in the dates: more than the usual 1 day /)).toBeVisible();
  await expect(page.getByText("7 features from 1 column")).toBeVisible();
  await page.getByRole("textbox", { name: "Rows back" }).fill("5");
  await page.getByRole("textbox", { name: "Rows back" }).press("Enter");
  await page.getByRole("checkbox", { name: "rain", exact: true }).check();
  await expect(page.getByText("10 features from 1 column")).toBeVisible();
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await undo.click();
  await undo.click();
  await expect(page.getByRole("switch", { name: "Learn from earlier rows" })).not.toBeChecked();
  expect(complaints).toEqual([]);
});

test("a date and a number are taken for a series where the target stands, in one act", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  const rows = Array.from(
    { length: 144 },
    (_, k) => `${1949 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, "0")},${100 + k + (k % 12) * 7}`,
  );
  await chooseFiles(page, home, { "passengers.csv": `Month,Passengers\n${rows.join("\n")}\n` });
  await page.getByLabel("Choose the target column…").selectOption("Passengers");
  const note = page.getByRole("note").filter({ hasText: "Passengers can be learnt from its own past" });
  await note.getByRole("button", { name: "Learn from earlier rows" }).click();
  await expect(note).toHaveCount(0);
  await expect(page.getByLabel("Method")).toHaveValue("time");
  await expect(page.getByLabel("In the order of")).toHaveValue("Month");
  await expect(page.getByText("7 features from 1 column")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(note).toBeVisible();
});

test("a target stands at once, and what is done while its preparation is thought about stays, in that order", async ({ app }) => {
  const { page, home } = app;
  await openDataScreen(page);
  await chooseFiles(page, home, { "series.csv": series() });
  const earlier = page.getByRole("switch", { name: "Learn from earlier rows" });
  const targets = page.getByRole("region", { name: "What should be predicted?" }).getByRole("listitem");
  const choice = page.getByLabel("Choose the target column…");
  await expect(choice).toBeVisible();
  app.hold(true);
  await choice.selectOption("sales");
  await expect(targets).toHaveText(["sales"]);
  await earlier.click();
  await expect(earlier).toBeChecked();
  app.hold(false);
  await expect(page.getByText("7 features from 1 column")).toBeVisible();
  await expect(targets).toHaveText(["sales"]);

  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(earlier).not.toBeChecked();
  await expect(targets).toHaveText(["sales"]);
  await undo.click();
  await expect(targets).toHaveCount(0);
});

test("a target and the preparation proposed for it are one act, and two targets are two", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "series.csv": series() });
  const choice = page.getByLabel("Choose the target column…");
  const targets = page.getByRole("region", { name: "What should be predicted?" }).getByRole("listitem");
  await choice.selectOption("sales");
  await expect(page.getByText("features from 2 columns")).toBeVisible();
  await page.getByLabel("Add another target…").selectOption("rain");
  await expect(page.getByText("features from 1 column")).toBeVisible();
  await expect(targets).toHaveText(["sales", "rain"]);
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(targets).toHaveText(["sales"]);
  await undo.click();
  await expect(targets).toHaveCount(0);
});

test("steps are added, changed, moved by keys and by mouse, removed, and all of it undone", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "series.csv": series() });
  await page.getByLabel("Choose the target column…").selectOption("sales");
  await page.getByRole("checkbox", { name: "Choose rain", exact: true }).check();
  await page.getByRole("tab", { name: /^Steps/ }).click();
  const before = await stepNames(page).allTextContents();
  await page.getByLabel("Add a step for rain…").selectOption("clip_outliers");
  await expect(steps(page)).toHaveCount(before.length + 1);
  const last = page.locator(".steps-list .step-name").last();
  const added = (await stepNames(page).allTextContents()).at(-1) ?? "";
  await last.press("Alt+ArrowUp");
  await expect(stepNames(page).nth(before.length - 1)).toHaveText(added);
  await expect(page.locator(".steps-list .step-name").nth(before.length - 1)).toBeFocused();
  await steps(page)
    .nth(before.length - 1)
    .dragTo(steps(page).first());
  await expect(stepNames(page).first()).toHaveText(added);
  await page.locator(".steps-list .step-name").first().click();
  await expect(page.getByRole("button", { name: "Leave rain out of this step" })).toBeDisabled();
  await page.getByRole("button", { name: `Remove Step 1: ${added}` }).click();
  await expect(stepNames(page)).toHaveText(before);
  const undo = page.getByRole("button", { name: "Undo" });
  for (let act = 0; act < 4; act += 1) await undo.click();
  await expect(stepNames(page)).toHaveText(before);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(stepNames(page).last()).toHaveText(added);
});

test("gaps of a series are told of before a network is chosen for it, and are filled there", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  // Every day but five, and a week that comes again.
  const days = Array.from({ length: 300 }, (_, day) => day).filter((day) => ![40, 41, 42, 150, 220].includes(day));
  const lines = days.map((day) => `${new Date(Date.UTC(2022, 0, 1 + day)).toISOString().slice(0, 10)},${200 + 40 * ((day % 7) - 3) + day}`);
  const file = join(home, "shop.csv");
  writeFileSync(file, `date,visitors\n${lines.join("\n")}\n`);
  await page.getByRole("button", { name: /New from my data/ }).click();
  const dialog = page.getByRole("dialog");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog
      .getByRole("button", { name: /Choose/ })
      .first()
      .click(),
  ]);
  await chooser.setFiles(file);
  await expect(dialog).toContainText("3 gaps in the dates: more than the usual 1 day");
  await dialog.getByLabel("Gaps are filled with").selectOption("seasonal");
  await expect(dialog).toContainText("5 rows");
  await expect(dialog.getByLabel("Rows of a season")).toHaveValue("7");
  await dialog.getByRole("button", { name: /Use this network: A weighted sum/ }).click();
  await page.getByRole("banner").getByRole("button", { name: "Data", exact: true }).click();
  await expect(page.getByLabel("Gaps are filled with")).toHaveValue("seasonal");
  await expect(page.getByText(/Filled in the series: 5 rows/)).toBeVisible();
  expect(complaints).toEqual([]);
});
