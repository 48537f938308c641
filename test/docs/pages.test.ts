/** Pages of docs/ against the tree: links lead somewhere, the folders they list are there, the guide has every key. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { shortcuts } from "../../renderer/shell/shortcuts.ts";
import { REPOSITORY } from "../run/command.ts";
import { codeBlocks } from "./code-blocks.ts";

const docs = join(REPOSITORY, "docs");
const pages = readdirSync(docs, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
const textOf = (page: string): string => readFileSync(join(docs, page), "utf8");

test("there are pages to look at", () => {
  expect(pages).toContain("architecture.md");
  expect(pages.length).toBeGreaterThan(10);
});

test.each(pages)("%s links to files that are there", (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[\w-]+)?\)/g)].map(([, target = ""]) => target);
  expect(links.filter((target) => !existsSync(join(docs, dirname(page), target)))).toEqual([]);
});

test("architecture.md lists folders that are there, and every folder of core, main and test", () => {
  const tree = codeBlocks("architecture.md").find(({ text }) => text.startsWith("core/"))?.text ?? "";
  let top = "";
  const listed = new Set<string>();
  for (const line of tree.split("\n")) {
    const names = [...(/^ {0,2}((?:[\w-]+(?:\/[\w-]+)*\/ ?)+)/.exec(line)?.[1] ?? "").matchAll(/[\w-]+(?:\/[\w-]+)*(?=\/)/g)].map(
      ([name]) => name,
    );
    if (!line.startsWith(" ")) top = names[0] ?? "";
    for (const name of names) listed.add(line.startsWith(" ") ? `${top}/${name}` : name);
  }
  expect([...listed].filter((folder) => !existsSync(join(REPOSITORY, folder)))).toEqual([]);
  const present = ["core", "main", "test"].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}`),
  );
  const leafless = (folder: string): boolean => [...listed].some((one) => one === folder || one.startsWith(`${folder}/`));
  expect(present.filter((folder) => !leafless(folder))).toEqual([]);
});

test("the page on the renderer has a row for every folder of it", () => {
  const page = readFileSync(join(REPOSITORY, "renderer/README.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([\w-]+)\/` \|/gm)].map(([, name]) => name);
  const folders = readdirSync(join(REPOSITORY, "renderer"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(rows.toSorted()).toEqual(folders.toSorted());
});

test("user-guide.md names every key of the app", () => {
  const guide = textOf("user-guide.md");
  const spelled: Readonly<Record<string, string>> = { "Mod+,": "Ctrl+comma", ".": "`.`", "+": "+ and -", "-": "+ and -" };
  const arrows: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
  const written = (key: string): string => key.replace("Mod", "Ctrl").replace(/Arrow\w+/, (name) => arrows[name] ?? name);
  const keys = Object.values(shortcuts).flatMap((shortcut) => shortcut.keys.map((key) => spelled[key] ?? written(key)));
  expect(keys.length).toBeGreaterThan(25);
  expect(keys.filter((key) => !new RegExp(`(^|[^\\w+])${key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}($|[^\\w+])`, "m").test(guide))).toEqual(
    [],
  );
});
