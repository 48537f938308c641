import { afterEach, expect, test, vi } from "vitest";
import { copySelection } from "../../core/graph/clipboard.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { HostClient } from "../../core/protocol/host.ts";
import { design } from "../../test/graph/designs.ts";
import { closeProject, createProject, useDocument } from "../state/document.ts";
import { provideHost } from "../state/host.ts";
import { useToasts } from "../state/toasts.ts";
import { useCanvas } from "./canvas-state.ts";
import { paste } from "./copy-edits.ts";

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

const small = design("in > out", { in: ["input", { shape: [4] }], out: ["output"] });
const many = Array.from({ length: 2000 }, (_, index) => [`l${index}`, ["dense"]] as const);
const long = copySelection(
  design("", Object.fromEntries(many)),
  many.map(([id]) => id),
);
let made = 0;
provideHost({
  call: (_: string, { design: created }: { design?: DesignDocument }) => {
    made += 1;
    return Promise.resolve({ project: { id: `p${made}`, name: created?.name ?? "", revision: 1 } });
  },
} as unknown as HostClient);
const layers = (): number | undefined => useDocument.getState().design?.graph.nodes.length;
const pasted = (): Promise<void> => vi.waitFor(() => expect(useCanvas.getState().pasting).toBe(false));
const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

afterEach(() => closeProject());

test("what takes long to paste comes into the project that it was pasted into", async () => {
  await createProject(small, null);
  paste(long, { x: 0, y: 0 }, false);
  await pasted();
  expect(layers()).toBe(2002);
});

test("it is given up where another project is opened meanwhile, or none, and nothing goes wrong", async () => {
  await createProject(small, null);
  paste(long, { x: 0, y: 0 }, false);
  await createProject(small, null);
  await pasted();
  await turns();
  expect(layers()).toBe(2);
  paste(long, { x: 0, y: 0 }, false);
  await closeProject();
  await turns();
  expect(useCanvas.getState().pasting).toBe(false);
  expect(useToasts.getState().toasts).toEqual([]);
});
