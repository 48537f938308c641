/** The preparation that a training waits for. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { heldHost } from "../../test/renderer/held-host.ts";
import { createProject } from "../state/document.ts";
import { provideHost } from "../state/host.ts";
import { isSettled, settled } from "../state/under-way.ts";
import { useLayoutRead } from "./layout.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(globalThis, {
    window: page,
    document: { documentElement: { dataset: {} }, querySelector: () => null },
    requestAnimationFrame: (draw: () => void) => setTimeout(draw),
  });
});

const host = heldHost({ "projects.create": { project: { id: "p", name: "p", revision: 1, dataset_id: "d" } } });
provideHost(host.client);
const ways: { cancel: () => void; restart: () => void }[] = [];
function Seen(): null {
  ways.push(useLayoutRead());
  return null;
}

test("asked for again, a training waits for it; given up, the training is given up too, whatever comes later", async () => {
  const data = { columns: [], steps: [], split: { kind: "random" } };
  await createProject({ ...design("in", { in: ["input", { shape: [4] }] }), data } as unknown as ReturnType<typeof design>, "d");
  renderToStaticMarkup(createElement(Seen));
  const [way] = ways;
  way?.restart();
  expect(isSettled()).toBe(false);
  const whole = settled();
  way?.cancel();
  expect(await whole).toBe(false);
  way?.restart();
  const again = settled();
  host.last("datasets.layout").fail(new Error("no layout"));
  expect(await again).toBe(true);
});
