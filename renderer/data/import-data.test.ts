/** What is chosen after an import is kept when something else is chosen: the encoding of the labels with the size of the pictures. */
import { expect, test, vi } from "vitest";
import { AppError } from "../../core/errors.ts";
import { importFolder, readAgain, useImport } from "./import-data.ts";

const sent: Record<string, unknown>[] = [];
vi.mock("../state/host.ts", () => ({
  host: () => ({
    on: () => () => undefined,
    call: async (method: string, params: Record<string, unknown>) => {
      if (method === "datasets.import") sent.push(params);
      // What comes of it is no matter here.
      throw new AppError("data.one_column", { file: "set", line: "" });
    },
  }),
}));
vi.mock("../state/document.ts", () => ({ useDocument: { getState: () => ({ project: { id: "p" } }) }, createProject: vi.fn() }));
vi.mock("../state/view.ts", () => ({ showScreen: () => undefined }));
vi.mock("../state/toasts.ts", () => ({ report: () => undefined, toast: () => undefined, toastWanted: () => undefined }));
vi.mock("../ui/texts.ts", () => ({ textNow: () => () => "" }));
vi.mock("../host/files.ts", () => ({ takeFile: () => undefined }));
vi.mock("./acts.ts", () => ({ chooseDataset: () => undefined }));

test("a choice after an import keeps those before it, and another file begins anew", async () => {
  const settled = (): Promise<void> => vi.waitFor(() => expect(useImport.getState().progress).toBeNull());
  await importFolder("/home/me/set");
  readAgain({ encoding: "gb18030" });
  await settled();
  readAgain({ pictures: { size: [32, 32], channels: 1 } });
  await settled();
  readAgain({ encoding: "big5" });
  await settled();
  await importFolder("/home/me/other");
  expect(sent.map(({ import_id: _, ...rest }) => rest)).toEqual([
    { file: "/home/me/set", name: "set" },
    { file: "/home/me/set", name: "set", encoding: "gb18030" },
    { file: "/home/me/set", name: "set", encoding: "gb18030", pictures: { size: [32, 32], channels: 1 } },
    { file: "/home/me/set", name: "set", encoding: "big5", pictures: { size: [32, 32], channels: 1 } },
    { file: "/home/me/other", name: "other" },
  ]);
});
