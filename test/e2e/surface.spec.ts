/** The picture of a network over two columns of several, by hand: which columns, what of the output, where the others are held, at every epoch. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("any two columns are drawn, the others held where it says, and the slider goes back with them", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  const detail = page.getByRole("complementary", { name: "Run #1" });
  await detail.getByRole("tab", { name: "Picture" }).click();
  const picture = (x: string, y: string) => detail.getByRole("img", { name: `Prediction over ${x} and ${y}` });
  const [across, up] = [detail.getByLabel("Across"), detail.getByLabel("Up")];
  await expect(across).toBeVisible();
  const names = await across.locator("option").allTextContents();
  expect(names).toHaveLength(4);
  const [first, second, third, fourth] = names as [string, string, string, string];

  // By key: a letter chooses in the list as anywhere; by mouse: the list itself.
  await across.selectOption(first);
  await up.selectOption(second);
  await expect(picture(first, second)).toBeVisible();
  const held = detail.locator(".surface-held");
  await expect(held).toContainText("The other 2 columns are held at what is usual among 112 training rows");
  await held.getByText("What they are held at").click();
  await expect(held.getByRole("term")).toHaveText([third, fourth]);

  // A column that the other axis has: they change places.
  await across.selectOption(second);
  await expect(picture(second, first)).toBeVisible();
  await expect(up).toHaveValue(first);

  await expect(detail.getByText("Fainter where it is less sure")).toBeVisible();
  await detail.getByLabel("Of", { exact: true }).selectOption({ index: 1 });
  await expect(detail.getByText(/^Probability of /)).toBeVisible();
  await detail.getByLabel("Rows on it").selectOption("None");
  await expect(detail.getByText("validation row")).toBeHidden();

  await detail.getByLabel("Other columns").selectOption("As a row has them");
  await expect(held).toContainText("held as row 1 has them");
  await detail.getByRole("spinbutton", { name: /^Row/ }).fill("60");
  await expect(held).toContainText("held as row 60 has them");

  const slider = detail.getByRole("slider", { name: "Epoch shown" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(detail.getByText("Before training")).toBeVisible();
  await expect(picture(second, first)).toBeVisible();
  await expectAccessible(page);
  const sticksOut = await detail.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(sticksOut).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
});

test("where rows do not stand alone it says why there is no picture", async ({ app: { page } }) => {
  await openTemplate(page, "Communities in a graph");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("tab", { name: "Picture" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("The rows are nodes of a graph");
});

test("what each unit draws is over any two inputs too", async ({ app: { page } }) => {
  await openTemplate(page, "Softmax regression");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("Done run 1");
  await page.getByRole("tab", { name: "Look inside" }).click();
  const tab = page.getByRole("region", { name: "Look inside" });
  await tab.getByRole("combobox", { name: "Layer" }).selectOption("species");
  await tab.getByRole("combobox", { name: "View" }).selectOption("What each unit draws");
  const pane = page.getByRole("region", { name: "What each unit draws" });
  const [across, up] = [pane.getByLabel("Across"), pane.getByLabel("Up")];
  const options = across.locator("option");
  await expect(options).toHaveCount(4);
  const names = await options.allTextContents();
  await across.selectOption({ index: 3 });
  await expect(pane).toContainText(`${names[3]} goes to the right, ${names[1]} upwards`);
  await expect(pane).toContainText("All other inputs are held at their median");
  await up.selectOption({ index: 3 });
  await expect(pane).toContainText(`${names[1]} goes to the right, ${names[3]} upwards`);
  await expectAccessible(page);
});
