/** Two designs over each other, by hand: from a run's page against the open design, walked by keys; and the figure of a help card. */
import { expect, node, openTemplate, test, watchComplaints } from "./app.ts";
import { expectAccessible } from "./axe.ts";

test("a run's design and the open one are drawn over each other, and keys walk from difference to difference", async ({
  app: { page },
}) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Exclusive or");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: /Runs · 1/ })).toBeVisible();

  await node(page, "hidden").click();
  const inspector = page.getByRole("complementary", { name: /inspector|details/i });
  await inspector.getByText("What it does", { exact: true }).click();
  const figure = inspector.getByRole("img", { name: /three units/ });
  await figure.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  const said = await inspector.locator(".figure-caption").textContent();
  await page.keyboard.press("ArrowRight");
  await expect(inspector.locator(".figure-caption")).not.toHaveText(said ?? "");
  await expect(inspector.getByRole("button", { name: "Play", exact: true })).toBeVisible();

  await inspector.getByLabel("Units", { exact: true }).fill("31");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /Runs · 1/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  await page.getByRole("complementary", { name: "Run #1" }).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Compare with the open design" }).click();
  const dialog = page.getByRole("dialog", { name: "Two designs over each other" });
  const list = dialog.getByRole("listbox", { name: "Differences" });
  await expect(list.getByRole("option")).toHaveCount(1);
  await expect(list.getByRole("option")).toContainText(/hidden · Dense changed.*Units.*31/);
  await list.focus();
  await page.keyboard.press("n");
  await expect(list.getByRole("option", { selected: true })).toHaveCount(1);
  await expect(dialog.locator(".overlay-node.current")).toContainText("31");
  await expectAccessible(page);
  await dialog.getByRole("combobox", { name: "To", exact: true }).selectOption("#1");
  await expect(dialog.getByText("The two designs do not differ.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(complaints).toEqual([]);
});
