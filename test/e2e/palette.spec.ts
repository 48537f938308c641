/** The palette's shelf: what is liked stays at the top, what was used last is a click away, both after the next start too. */
import { dragLayer, expect, openTemplate, test, watchComplaints } from "./app.ts";

test("favourites and the layers used last are kept, by mouse and by keys", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  const palette = page.getByRole("complementary", { name: "Layers" });
  const nodes = page.locator(".react-flow__node");
  const before = await nodes.count();
  const recent = palette.getByRole("region", { name: "Recent" });
  await expect(recent.getByRole("button")).toHaveCount(0);
  await dragLayer(page, "Dropout", 300, 300);
  await dragLayer(page, "Dense", 420, 340);
  await expect(nodes).toHaveCount(before + 2);
  await expect(recent.getByRole("button")).toHaveCount(2);
  await expect(recent.getByRole("button").first()).toHaveAccessibleName("Dense, Recent");
  await recent.getByRole("button", { name: "Dropout, Recent" }).dblclick();
  await expect(nodes).toHaveCount(before + 3);
  await expect(recent.getByRole("button").first()).toHaveAccessibleName("Dropout, Recent");

  const favourites = palette.getByRole("region", { name: "Favourites" });
  await expect(favourites).toHaveCount(0);
  await palette.getByRole("button", { name: "LSTM", exact: true }).focus();
  await page.keyboard.press("*");
  await expect(favourites.getByRole("button", { name: "LSTM, Favourites" })).toBeVisible();
  await palette.getByRole("button", { name: "Dense", exact: true }).hover();
  await palette.getByRole("button", { name: "Dense: favourite" }).first().click();
  await expect(favourites.locator(".palette-item")).toHaveCount(2);
  await page.reload();
  await expect(favourites.locator(".palette-item")).toHaveCount(2);
  await expect(recent.getByRole("button")).toHaveCount(2);
  await favourites.getByRole("button", { name: "LSTM, Favourites" }).focus();
  await page.keyboard.press("*");
  await expect(favourites.locator(".palette-item")).toHaveCount(1);
  expect(complaints).toEqual([]);
});

test("Space and Enter add the layer that has the focus, once each; a single click only focuses it", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await page.getByRole("button", { name: /New project/ }).click();
  const palette = page.getByRole("complementary", { name: "Layers" });
  const nodes = page.locator(".react-flow__node");
  const dense = palette.getByRole("button", { name: "Dense", exact: true });
  await dense.click();
  await expect(dense).toBeFocused();
  await page.keyboard.press("Space");
  await expect(nodes).toHaveCount(1);
  await dense.focus();
  await page.keyboard.press("Enter");
  await expect(nodes).toHaveCount(2);
  await palette.getByRole("button", { name: "Dense, Recent" }).focus();
  await page.keyboard.press("Space");
  await expect(nodes).toHaveCount(3);
  await dense.dblclick();
  await expect(nodes).toHaveCount(4);
  expect(complaints).toEqual([]);
});

test("Enter in the search adds what was searched for, once however long it is held, and nothing while nothing is searched", async ({
  app: { page },
}) => {
  await page.getByRole("button", { name: /New project/ }).click();
  const search = page.getByRole("complementary", { name: "Layers" }).getByRole("searchbox");
  const nodes = page.locator(".react-flow__node");
  await search.focus();
  await page.keyboard.press("Enter");
  await search.fill(" ");
  await page.keyboard.press("Enter");
  await search.fill("dense");
  for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(nodes).toHaveCount(1);
  await expect(nodes).toContainText("dense");
  await page.keyboard.press("Enter");
  await expect(nodes).toHaveCount(2);
});
