/** Several files that the system asks to open: each is answered before the next one comes. */
import { expect, test, vi } from "vitest";
import { AppError } from "../../core/errors.ts";

const waiting = vi.hoisted((): { file: string; name: string }[][] => []);
const told = vi.hoisted((): { listener: () => void } => ({ listener: () => undefined }));
const imports = vi.hoisted(
  (): { file: string; copy_name: string | null; resolve: (value: unknown) => void; reject: (error: unknown) => void }[] => [],
);
vi.mock("../state/host.ts", () => ({
  host: () => ({
    call: (method: string, input: { file: string; copy_name: string | null }) => {
      if (method === "projects.waiting_files") return Promise.resolve({ files: waiting.shift() ?? [] });
      return new Promise((resolve, reject) => imports.push({ ...input, resolve, reject }));
    },
    on: (event: string, listener: () => void) => {
      if (event === "projects.file_waiting") told.listener = listener;
      return () => undefined;
    },
  }),
}));
vi.mock("../host/files.ts", () => ({}));
vi.mock("../state/document.ts", () => ({}));
vi.mock("../state/session.ts", () => ({}));
vi.mock("../state/toasts.ts", () => ({
  report: (error: unknown) => {
    throw error;
  },
}));
vi.mock("./projects.ts", () => ({ open: () => Promise.resolve() }));

import { dismiss, importTaken, listenToFiles, useProjectFile } from "./project-file.ts";

const files = (...names: string[]) => names.map((name) => ({ file: `/${name}`, name }));
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const known = (): AppError => new AppError("project_file.known_already", { id: "1", name: "one" });

test("the question about the first stays until it is answered, whatever comes meanwhile", async () => {
  waiting.push(files("first", "second"));
  listenToFiles();
  await settle();
  expect(imports.map(({ file }) => file)).toEqual(["/first"]);
  imports[0]?.reject(known());
  waiting.push(files("third"));
  told.listener();
  await settle();
  expect(imports).toHaveLength(1);
  expect(useProjectFile.getState().work).toMatchObject({ state: "known", taken: { file: "/first" } });

  // As a copy: that is going on, then done.
  void importTaken({ file: "/first", name: "first" }, "one (2)");
  await settle();
  expect(imports.map(({ file, copy_name: name }) => [file, name])).toEqual([
    ["/first", null],
    ["/first", "one (2)"],
  ]);
  imports[1]?.resolve({ project: { name: "one (2)" }, missing: [] });
  await settle();
  expect(imports.map(({ file }) => file)).toEqual(["/first", "/first", "/second"]);

  imports[2]?.reject(new AppError("project_file.not_a_project", { name: "second" }));
  await settle();
  expect(useProjectFile.getState().work.state).toBe("failed");
  expect(imports).toHaveLength(3);
  dismiss();
  await settle();
  expect(imports.map(({ file }) => file)).toEqual(["/first", "/first", "/second", "/third"]);
});
