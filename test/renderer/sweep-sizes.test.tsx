/** Sizes of a kernel in a sweep stand in one box, as people write them. */
import { Tooltip } from "radix-ui";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { DimensionRow } from "../../renderer/sweeps/DimensionRow.tsx";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

test("the box has a name and holds every size that is tried", () => {
  const sizes = [
    [3, 3],
    [5, 5],
  ];
  const html = renderToStaticMarkup(
    <Tooltip.Provider>
      <DimensionRow
        name="conv: Kernel size"
        dimension={{ target: { of: "layer", node_id: "c", option: "kernel_size" }, values: { form: "list", values: sizes } }}
        grid
        choices={null}
        bounds={{ least: 0, most: 1 }}
        sizes={{ kind: "shape", default: [3, 3], wildcard: false, maxRank: 2, nullable: false }}
        onChange={() => undefined}
      />
    </Tooltip.Provider>,
  );
  expect(html).toContain('value="3×3, 5×5"');
  expect(html).toMatch(/aria-label="conv: Kernel size[^"]*3×3, 5×5"/);
});
