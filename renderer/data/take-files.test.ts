/** A single .json that is dropped goes to the import of data or to that of models. */
import { beforeEach, expect, test, vi } from "vitest";

const importData = vi.hoisted(() => vi.fn(() => Promise.resolve()));
const importModelFile = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock("./import-data.ts", () => ({ importData, whileListing: vi.fn() }));
vi.mock("../start/project-file.ts", () => ({ importModelFile, importProjectFile: vi.fn(), isProjectFile: () => false }));
vi.mock("./join-files.ts", () => ({ openJoin: vi.fn() }));
vi.mock("../ui/texts.ts", () => ({ textNow: vi.fn() }));

import { takeAnyFiles } from "./take-files.ts";

beforeEach(() => vi.clearAllMocks());

const json = (content: string): File => new File([content], "x.json");

test("records are imported as data", async () => {
  takeAnyFiles([json('[{"a":1,"b":2}]')]);
  await vi.waitFor(() => expect(importData).toHaveBeenCalledOnce());
  expect(importModelFile).not.toHaveBeenCalled();
});

test("a design, and a model with its parts, are imported as models", async () => {
  takeAnyFiles([json('{"format":"neuroloom-design"}')]);
  await vi.waitFor(() => expect(importModelFile).toHaveBeenCalledOnce());
  takeAnyFiles([json('{"modelTopology":{}}'), new File(["x"], "group1.bin")]);
  await vi.waitFor(() => expect(importModelFile).toHaveBeenCalledTimes(2));
  expect(importData).not.toHaveBeenCalled();
});
