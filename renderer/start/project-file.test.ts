/** Several files that the system asks to open: each is answered before the next one comes. */
import { expect, test, vi } from "vitest";
import { AppError } from "../../core/errors.ts";

const waiting = vi.hoisted((): { file: string; name: string }[][] => []);
const told = vi.hoisted((): { listener: () => void } => ({ listener: () => undefined }));
const imports = vi.hoisted(
  (): { file: string; copy_name: string | null; resolve: (value: unknown) => void; reject: (error: unknown) => void }[] => [],
);
const ended = vi.hoisted((): [method: string, id: string | undefined][] => []);
vi.mock("../state/host.ts", () => ({
  host: () => ({
    call: (method: string, input: { file: string; copy_name: string | null; id?: string }) => {
      if (method === "projects.delete" || method === "projects.cancel_file") {
        ended.push([method, input.id]);
        return Promise.resolve({});
      }
      if (method === "projects.list") return Promise.resolve({ projects: [{ id: "1", name: "known" }] });
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
const opens = vi.hoisted((): { signal: AbortSignal | undefined; resolve: () => void }[] => []);
vi.mock("./projects.ts", () => ({
  open: ({ name }: { name: string }, signal?: AbortSignal) =>
    name === "known" ? new Promise<void>((resolve) => opens.push({ signal, resolve })) : Promise.resolve(),
}));

import { dismiss, importTaken, listenToFiles, openKnown, useProjectFile } from "./project-file.ts";

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

test("the next file waits until the one that is there already is open; closed meanwhile, it is not opened", async () => {
  imports[3]?.resolve({ project: { name: "third" }, missing: [] });
  await settle();
  const before = imports.length;
  waiting.push(files("fourth", "fifth", "sixth"));
  told.listener();
  await settle();
  imports[before]?.reject(known());
  await settle();
  void openKnown("1");
  await settle();
  expect([opens.length, imports.length]).toEqual([1, before + 1]);
  opens[0]?.resolve();
  await settle();
  expect(imports.map(({ file }) => file).slice(before)).toEqual(["/fourth", "/fifth"]);

  imports[before + 1]?.reject(known());
  await settle();
  void openKnown("1");
  await settle();
  dismiss();
  expect(opens[1]?.signal?.aborted).toBe(true);
  await settle();
  expect(imports.map(({ file }) => file).slice(before)).toEqual(["/fourth", "/fifth", "/sixth"]);
  opens[1]?.resolve();
  await settle();
  expect(useProjectFile.getState().work).toMatchObject({ state: "going", name: "sixth" });
});

test("cancelled when the host has it already, a project is not opened and goes again", async () => {
  dismiss();
  ended.length = 0;
  const going = importTaken({ file: "/late", name: "late" }, null);
  await settle();
  dismiss();
  imports.at(-1)?.resolve({ project: { id: "9", name: "late" }, missing: [] });
  await going;
  expect(ended).toEqual([
    ["projects.cancel_file", undefined],
    ["projects.delete", "9"],
  ]);
  expect(useProjectFile.getState().work.state).toBe("none");
});
