import { questions, redAndBlue } from "../picture-files.ts";
import { number, text, workbook } from "../workbook-file.ts";
import { zip } from "../zip-file.ts";
import { expect, test, watchComplaints } from "./app.ts";
import { filesIn, openDataScreen } from "./data-files.ts";

const given = async (home: string): Promise<string[]> => filesIn(home, { ...questions, "shades.zip": await redAndBlue(6) });

test("a table, its test file and a zip of pictures become one data set", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  await (await chooser).setFiles(await given(home));

  const dialog = page.getByRole("dialog", { name: "One data set of several files" });
  await expect(dialog.getByLabel("Learn from the rows of")).toHaveValue("0");
  await expect(dialog.getByLabel("test.csv is")).toHaveValue("validation");
  await expect(dialog.getByLabel("shades.zip is")).toHaveValue("partner");
  await expect(dialog.getByLabel("Column that names what is in shades.zip")).toHaveValue("image");
  await expect(dialog.getByText("6 of the first 7 different values find a partner.")).toBeVisible();
  await dialog.getByLabel("Column that names what is in shades.zip").selectOption("asked");
  await expect(dialog.getByText("None of the first values finds a partner")).toBeVisible();
  await dialog.getByLabel("Column that names what is in shades.zip").selectOption("image");
  await dialog.getByLabel("Size").selectOption("8x8");
  await dialog.getByRole("button", { name: "Import" }).click();

  await expect(page.getByRole("heading", { name: "train.csv" })).toBeVisible();
  await expect(page.getByText("20 rows × 5 columns")).toBeVisible();
  await page.getByLabel("Choose the target column…").selectOption("answer");
  await expect(page.getByText("16 training")).toBeVisible();
  await expect(page.getByText("4 validation")).toBeVisible();
  await page.getByRole("tab", { name: "Pictures" }).click();
  await expect(page.getByRole("region", { name: "warm" }).locator("canvas[aria-busy=false]").first()).toBeVisible();

  await page.getByRole("tab", { name: "Augment" }).click();
  const preview = page.getByRole("figure", { name: "Pictures with augmentation" });
  await expect(preview.locator("canvas")).toHaveCount(20);
  const drawn = (name: string) =>
    preview.getByRole("img", { name }).evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return [...((canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [])].join();
    });
  const original = await drawn("Picture 1 as it is");
  expect(await drawn("Picture 1, change 1")).toBe(original);
  await page.getByRole("textbox", { name: "Noise" }).fill("20");
  await page.getByRole("textbox", { name: "Noise" }).press("Enter");
  await page.getByRole("textbox", { name: "Cover a square" }).fill("50");
  await page.getByRole("textbox", { name: "Cover a square" }).press("Enter");
  await expect.poll(() => drawn("Picture 1, change 1")).not.toBe(original);
  expect(await drawn("Picture 1 as it is")).toBe(original);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => drawn("Picture 1, change 1")).toBe(original);
  expect(complaints).toEqual([]);
});

test("a table, a second table and pictures that the second names become one data set", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  const rows = Array.from({ length: 24 }, (_, row) => `s${row % 7},${row % 2 === 0 ? "what" : "who"},${row % 3}`);
  const scenes = Array.from(
    { length: 6 },
    (_, place) => `s${place},${place % 2 === 0 ? "red" : "blue"}/${Math.floor(place / 2)}.png,${place % 2}`,
  );
  const files = {
    "scenes.csv": ["scene,file,light", ...scenes, ""].join("\n"),
    "shades.zip": await redAndBlue(6),
    "asked.csv": ["scene,asked,answer", ...rows, ""].join("\n"),
  };
  await (await chooser).setFiles(filesIn(home, files));
  const dialog = page.getByRole("dialog", { name: "One data set of several files" });
  await expect(dialog.getByLabel("Learn from the rows of")).toHaveValue("2");
  const [scenesGroup, zipGroup] = [dialog.getByRole("group", { name: "scenes.csv" }), dialog.getByRole("group", { name: "shades.zip" })];
  await expect(scenesGroup.getByLabel("Column that names what is in scenes.csv")).toHaveValue("scene");
  await expect(scenesGroup.getByRole("status")).toHaveText("6 of the first 7 different values find a partner.");
  await expect(zipGroup.getByLabel("Column that names what is in shades.zip")).toHaveValue("file");
  await expect(zipGroup.getByRole("status")).toHaveText("6 of the first 6 different values find a partner.");
  await dialog.getByRole("button", { name: "Import" }).click();

  await expect(page.getByText("21 rows × 6 columns")).toBeVisible();
  await expect(page.getByText(/3 rows of asked\.csv have no partner in scenes\.csv/)).toBeVisible();
  await expect(page.getByText(/3 rows of asked\.csv were left out/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test("several files brought to New from my data are joined first, and networks are proposed for what they became", async ({
  app: { page, home },
}) => {
  const fromMyData = page.getByRole("button", { name: /^New from my data/ });
  await fromMyData.click();
  await page.getByLabel("Choose a file …", { exact: true }).setInputFiles(await given(home));
  await expect(page.getByText("Files that belong together are joined here first").first()).toBeVisible();
  const joining = page.getByRole("dialog", { name: "One data set of several files" });
  await expect(joining.getByLabel("shades.zip is")).toHaveValue("partner");
  await joining.getByRole("button", { name: "Import" }).click();
  await expect(page.getByRole("heading", { name: "train.csv" })).toBeVisible();

  await page.getByRole("button", { name: "Projects", exact: true }).click();
  await fromMyData.click();
  const dialog = page.getByRole("dialog", { name: "New from my data" });
  await dialog.getByRole("combobox").first().selectOption("train.csv");
  await expect(dialog.getByLabel("What is to be predicted")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /Use this network/ }).first()).toBeVisible();
});

test("pictures are read again in another size and in grey; classes are evened out", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  const [, , zip = ""] = await given(home);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  await (await chooser).setFiles([zip]);
  await page.getByLabel("Choose the target column…").selectOption("label");
  await expect(page.getByText("144 features from 1 column")).toBeVisible();
  await page.getByLabel("Size").selectOption("16x16");
  await expect(page.getByText("768 features from 1 column")).toBeVisible();
  await page.getByLabel("Colours").selectOption("1");
  await expect(page.getByText("256 features from 1 column")).toBeVisible();
  await page.getByRole("combobox", { name: "Even out classes" }).selectOption("over");
  await expect(page.getByRole("combobox", { name: "Even out classes" })).toHaveValue("over");
});

test("Escape in a long list within a dialog closes the list, and only the next one the dialog", async ({ app: { page, home } }) => {
  const columns = Array.from({ length: 320 }, (_, index) => `c${index}`);
  const rows = Array.from({ length: 8 }, (_, row) => ["red/0.png", ...columns.map((_name, index) => (row * index) % 7)].join(","));
  await openDataScreen(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  const wide = [["image", ...columns].join(","), ...rows, ""].join("\n");
  await (await chooser).setFiles(filesIn(home, { "train.csv": wide, "shades.zip": await redAndBlue(6) }));
  const dialog = page.getByRole("dialog", { name: "One data set of several files" });
  const partner = dialog.getByRole("button", { name: /^Column that names what is in shades\.zip/ });
  await partner.click();
  const list = page.locator(".pick-list");
  await expect(list.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await expect(partner).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("files whose letters cannot be told are looked at again, and joined, in the encoding that is chosen", async ({
  app: { page, home },
}) => {
  const old = (text: string): Uint8Array =>
    Uint8Array.from(text, (letter) => (letter < "\x80" ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0));
  await openDataScreen(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  const sales = Array.from({ length: 12 }, (_, row) => `${["Москва", "Казань"][row % 2]},${row}`);
  const files = { "sales.csv": old(`город,n\n${sales.join("\n")}\n`), "towns.csv": old("город,река\nМосква,Ока\nКазань,Волга\n") };
  await (await chooser).setFiles(filesIn(home, files));
  const dialog = page.getByRole("dialog", { name: "One data set of several files" });
  await expect(dialog.getByRole("alert")).toContainText("sales.csv");
  await dialog.getByLabel("Encoding").selectOption("windows-1251");
  await expect(dialog.getByLabel("Column that names what is in towns.csv")).toHaveValue("город");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("12 rows × 3 columns")).toBeVisible();
  await expect(page.getByText(/Волга 50 %/)).toBeVisible();
});

test("the sheet of a workbook and the table of an archive are chosen where they are joined; a look is stopped", async ({
  app: { page, home },
}) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  const shops = (column: string): string[] => [
    text("A1", "shop") + text("B1", column),
    ...["A", "B"].map((shop, row) => text(`A${row + 2}`, shop) + number(`B${row + 2}`, row)),
  ];
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file…" }).click();
  await (await chooser).setFiles(
    filesIn(home, {
      "sales.csv": `shop,day,sold\n${Array.from({ length: 12 }, (_, day) => `${"AB"[day % 2]},${day},${day * 3}`).join("\n")}\n`,
      "shops.xlsx": workbook({ size: shops("size"), staff: shops("staff") }),
      "more.zip": zip([
        { name: "days.csv", content: `day,rain\n${Array.from({ length: 12 }, (_, day) => `${day},${day % 3}`).join("\n")}\n` },
        { name: "towns.csv", content: "town,people\nRome,3\n" },
      ]),
    }),
  );
  const dialog = page.getByRole("dialog", { name: "One data set of several files" });
  const table = dialog.getByLabel("Table of more.zip");
  await expect(dialog.getByText("more.zip: choose the table that is meant")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Import" })).toBeDisabled();
  await expect(dialog.getByLabel("Sheet of shops.xlsx")).toHaveValue("size");
  await expect(dialog.getByText("2 tables")).toBeVisible();
  await table.focus();
  await table.selectOption("days.csv");
  await expect(dialog.getByLabel("Column that names what is in more.zip")).toHaveValue("day");
  await expect(table).toBeFocused();
  await dialog.getByLabel("Sheet of shops.xlsx").selectOption("staff");
  await expect(dialog.getByText("shop, staff")).toBeVisible();

  const large = Array.from({ length: 60_000 }, (_, row) => number(`A${row + 2}`, row) + number(`B${row + 2}`, row));
  const adding = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Add files…" }).click();
  await (await adding).setFiles(filesIn(home, { "large.xlsx": workbook({ rows: [text("A1", "a") + text("B1", "b"), ...large] }) }));
  await expect(dialog.getByText("large.xlsx")).toBeVisible();
  await dialog.getByRole("button", { name: "Stop looking" }).click();
  await expect(dialog.getByText("large.xlsx")).toHaveCount(0);
  await expect(dialog.getByText("Looking into the files…")).toHaveCount(0);
  await expect(dialog.getByLabel("Sheet of shops.xlsx")).toHaveValue("staff");

  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("12 rows × 5 columns")).toBeVisible();
  expect(complaints).toEqual([]);
});
