import { afterEach, expect, test, vi } from "vitest";
import { useSession } from "../state/session.ts";
import { arrowShift, putAt } from "./snap.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

afterEach(() => useSession.setState({ snap: false }));

test("without snapping things go to whole pixels, and arrow keys move by four or twenty", () => {
  expect(putAt({ x: 10.4, y: -3.6 })).toEqual({ x: 10, y: -4 });
  expect(arrowShift({ x: 5, y: 5 }, [1, 0], false)).toEqual({ x: 4, y: 0 });
  expect(arrowShift({ x: 5, y: 5 }, [0, -1], true)).toEqual({ x: 0, y: -20 });
});

test("while snapping things go to the dots, and arrow keys to the next one or the fifth, from wherever they stand", () => {
  useSession.setState({ snap: true });
  expect(putAt({ x: 10, y: 100 })).toEqual({ x: 18, y: 108 });
  expect(arrowShift({ x: 36, y: 5 }, [1, 0], false)).toEqual({ x: 18, y: 0 });
  expect(arrowShift({ x: 40, y: 5 }, [1, 0], false)).toEqual({ x: 14, y: 0 });
  expect(arrowShift({ x: 40, y: 5 }, [-1, 0], false)).toEqual({ x: -4, y: 0 });
  expect(arrowShift({ x: 0, y: 40 }, [0, 1], true)).toEqual({ x: 0, y: 86 });
});
