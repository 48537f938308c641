/** Options of several layers at once: chosen together, told apart by type, set by mouse and by keys, each act taken back by one undo. */
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { begin, LOOKS } from "./screens.ts";

test("layers of one type have their options set together; what differs is shown as such; one undo takes it back", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+a");
  await expect(inspector.getByText("4 layers selected", { exact: true })).toBeVisible();
  await inspector.getByRole("button", { name: "Select only the 2 Dense" }).click();
  await expect(inspector.getByText("2 layers selected", { exact: true })).toBeVisible();

  const [units, activation] = [
    inspector.getByRole("textbox", { name: "Units", exact: true }),
    inspector.getByRole("combobox", { name: "Activation", exact: true }),
  ];
  await expect(units).toHaveValue("");
  await expect(units).toHaveAttribute("placeholder", "different values");
  await expect(activation.locator("option:checked")).toHaveText("different values");

  // By mouse.
  await activation.selectOption("relu");
  await expect(node(page, "hidden")).toContainText("ReLU");
  await expect(node(page, "class")).toContainText("ReLU");
  // By keys: what is typed in one go is one act.
  await units.focus();
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await expect(node(page, "hidden")).toContainText("12 units");
  await expect(node(page, "class")).toContainText("12 units");
  await expect(units).toHaveValue("12");
  const freeze = inspector.getByRole("switch", { name: /Freeze the weights/ });
  await freeze.click();
  await expect(freeze).toBeChecked();

  await page.locator(".react-flow").focus();
  await page.keyboard.press("Control+z");
  await expect(freeze).not.toBeChecked();
  await page.keyboard.press("Control+z");
  await expect(node(page, "hidden")).toContainText("8 units");
  await expect(node(page, "class")).toContainText("1 unit");
  await page.keyboard.press("Control+z");
  await expect(node(page, "hidden")).toContainText("Tanh");
  await expect(node(page, "class")).toContainText("Sigmoid");
  await expect(page.getByRole("button", { name: /^Undo/ })).toBeDisabled();
  expect(complaints).toEqual([]);
});

test("a choice is found by typing its identifier, and shapes of the list carry the names of their axes", async ({ app: { page } }) => {
  await openTemplate(page, "Digits, by convolution");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await page.locator(".react-flow").focus();
  await page.locator(".react-flow__node").last().click();
  const loss = inspector.getByRole("combobox", { name: "Loss", exact: true });
  await loss.focus();
  await page.keyboard.type("mse");
  await expect(loss).toHaveValue("mse");
  await expect(page.locator(".react-flow__node").last()).toContainText("Mean squared error");
  await page.getByRole("button", { name: "List", exact: true }).click();
  await expect(page.getByRole("gridcell", { name: /^batch × height \d+ × width \d+ × channels \d+$/ }).first()).toContainText("H × W × C");
});

for (const chosen of LOOKS)
  test(`several layers in ${chosen.language}, ${chosen.theme}`, async ({ app: { page } }) => {
    const { t, look, complaints } = await begin(page, chosen);
    await page.getByRole("button", { name: t("Exclusive or", "异或") }).click();
    await expect(node(page, "hidden")).toBeVisible();
    await page.locator(".react-flow").focus();
    await page.keyboard.press("Control+a");
    await expect(page.getByText(t("4 layers selected", "已选择 4 个层"))).toBeVisible();
    await look("several-types");
    await page.getByRole("button", { name: t("Select only the 2 Dense", "仅选择 2 个全连接") }).click();
    await page.getByRole("button", { name: t("More options", "更多选项") }).click();
    await look("several-layers");
    expect(complaints).toEqual([]);
  });
