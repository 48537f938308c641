import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { chooseFiles, openDataScreen } from "./data-files.ts";

/** 240 rows: `status` tells `sold`, `weight` has gaps, `price` has many values. */
function salesTable(): string {
  const rows = Array.from({ length: 240 }, (_, row) => {
    const sold = row % 3 === 0 ? 1 : 0;
    return [
      (row * 37) % 101,
      row % 7 === 0 ? "" : row / 2,
      ["red", "green", "blue"][Math.floor(row / 2) % 3],
      sold === 1 ? "gone" : "here",
      10 + row * 1.5,
      sold,
    ].join(",");
  });
  return `size,weight,colour,status,price,sold\n${rows.join("\n")}\n`;
}

test("a file is imported, its target chosen, a leak and a gap put right, and all of it undone", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  await chooseFiles(page, home, { "sales.csv": salesTable() });
  await expect(page.getByText("240 rows × 6 columns")).toBeVisible();
  const table = page.getByRole("table", { name: "Columns" });

  await page.getByLabel("Choose the target column…").selectOption("sold");
  await expect(page.getByLabel("Method")).toHaveValue("stratified");
  await expect(page.getByText("192 training")).toBeVisible();
  await expect(table.getByRole("row", { name: /status/ })).toContainText("gives the target away");
  await page.getByRole("listitem").filter({ hasText: "'status'" }).getByRole("button", { name: "Ignore this column" }).click();
  await expect(table.getByLabel("Role of status", { exact: true })).toHaveValue("ignored");
  await expect(page.getByText("6 features from 4 columns")).toBeVisible();

  await table.getByRole("button", { name: "weight: figures and preparation" }).click();
  await page.getByLabel("Missing values", { exact: true }).selectOption("none");
  await expect(table.getByRole("row", { name: /weight/ })).toContainText("cannot be prepared");
  await page.getByRole("tab", { name: /^Target/ }).click();
  await page.getByRole("alert").getByRole("button", { name: "Fill in the mean" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(table.getByRole("row", { name: /weight/ })).toContainText("missing → mean");

  // Counting the features is no act: every press takes back something that was done by hand.
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(table.getByRole("row", { name: /weight/ })).toContainText("cannot be prepared");
  await undo.click();
  await undo.click();
  await expect(table.getByLabel("Role of status", { exact: true })).toHaveValue("feature");
  await undo.click();
  await expect(table.getByLabel("Role of sold", { exact: true })).toHaveValue("feature");
  await undo.click();
  await expect(page.getByRole("heading", { name: "What should the network learn from?" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a target of many numbers cannot be split by class, and one click makes it random", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "sales.csv": salesTable() });
  await page.getByLabel("Choose the target column…").selectOption("price");
  await expect(page.getByLabel("Method")).toHaveValue("random");
  await page.getByLabel("Method").selectOption("stratified");
  await expect(page.getByText(/price has 240 different numbers/)).toBeVisible();
  await page.getByRole("button", { name: "Use random" }).first().click();
  await expect(page.getByLabel("Method")).toHaveValue("random");
  await expect(page.getByText(/different numbers/)).toHaveCount(0);
});

test("several columns are prepared at once, and only the chosen ones used", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "sales.csv": salesTable() });
  await page.getByLabel("Choose the target column…").selectOption("sold");
  for (const name of ["size", "weight"]) await page.getByRole("checkbox", { name: `Choose ${name}`, exact: true }).check();
  await page.getByLabel("Scaling", { exact: true }).selectOption("min_max");
  await page.getByRole("tabpanel", { name: "2 columns" }).getByRole("button", { name: "Use only these" }).click();
  await page.getByRole("tab", { name: /^Target/ }).click();
  await expect(page.getByText("2 features from 2 columns")).toBeVisible();
  const table = page.getByRole("table", { name: "Columns" });
  await expect(table.getByRole("row", { name: /size/ })).toContainText("min–max");
  await expect(table.getByLabel("Role of colour", { exact: true })).toHaveValue("ignored");
});

test("a built-in set is made with the options of its sliders; its rows are shown", async ({ app: { page } }) => {
  await openDataScreen(page);
  await page.getByRole("radio", { name: /Two moons/ }).check();
  await page.getByRole("textbox", { name: "Points" }).fill("60");
  await page.getByRole("slider", { name: "Noise, slider" }).fill("0.25");
  await expect(page.getByRole("img", { name: /Two moons: 60 points over x1 and x2/ })).toBeVisible();
  await page.getByRole("button", { name: "Use Two moons" }).click();
  await expect(page.getByText("2 features from 2 columns")).toBeVisible();
  await expect(page.getByText("48 training")).toBeVisible();
  await page.getByRole("tab", { name: "Rows · 60" }).click();
  await expect(page.getByRole("table", { name: "Rows of two_moons" }).getByRole("row")).not.toHaveCount(1);
  await expect(page.getByRole("columnheader", { name: /label/ })).toContainText("target");
});

test("a file whose encoding cannot be told is read as the one that is chosen, and again as another", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  // Windows-1251: its letters А to я.
  const text = Array.from("город;amount\nМосква;1,5\nКазань;2,25\nМосква;3,75\n", (letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x80 ? code : code - 0x350;
  });
  await chooseFiles(page, home, { "cities.csv": Buffer.from(text) });
  await expect(page.getByRole("alert")).toContainText("its encoding cannot be told for certain");
  await page.getByRole("alert").getByLabel("Encoding").selectOption("Windows-1251");
  await expect(page.getByRole("row", { name: /город/ })).toContainText("Казань");
  await expect(page.getByRole("row", { name: /amount/ })).toContainText("decimal comma");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByLabel("Encoding")).toHaveValue("windows-1251");
  await page.getByLabel("Encoding").selectOption("KOI8-R");
  await expect(page.getByRole("row", { name: /ЦНПНД/ })).toBeVisible();
  await page.getByLabel("Encoding").selectOption("UTF-8");
  await expect(page.getByRole("alert")).toContainText("cannot be read as utf-8");
  await page.getByRole("alert").getByLabel("Encoding").selectOption("Windows-1251");
  await expect(page.getByRole("row", { name: /город/ })).toBeVisible();
});

test("what is not a table is refused in words and changes nothing; dropping a good one then works", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "picture.csv": "\u0000\u0001PNG\u0000\u0000" });
  await expect(page.getByRole("alert")).toContainText("'picture.csv' is not a table of text");
  await expect(page.getByText("No data yet")).toBeVisible();
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
    return transfer;
  }, salesTable());
  await page.dispatchEvent("main", "dragover", { dataTransfer: dropped });
  await expect(page.getByText("Drop the file to open it")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
  await expect(page.getByRole("heading", { name: "dropped.csv" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a training that is started right after its target was chosen waits for the preparation", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await page.getByRole("button", { name: "Other data…" }).click();
  await chooseFiles(page, home, { "sales.csv": salesTable() });
  await expect(page.getByText("240 rows × 6 columns")).toBeVisible();
  await page.getByLabel("Choose the target column…").selectOption("colour");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  expect(complaints).toEqual([]);
});
