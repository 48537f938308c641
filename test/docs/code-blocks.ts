/** The code blocks of a page of docs/, so that tests can run what the page shows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../run/command.ts";

export interface CodeBlock {
  /** `ts`, `text`, `json` … */
  readonly language: string;
  readonly text: string;
  /** Whether `<!-- run -->` stands before it: a program, whose output is the next block of language `text`. */
  readonly isProgram: boolean;
}

export function codeBlocks(page: string): readonly CodeBlock[] {
  const markdown = readFileSync(join(REPOSITORY, "docs", page), "utf8");
  return [...markdown.matchAll(/(<!-- run -->\n)?```(\w+)\n(.*?)\n```/gs)].map(([, run, language = "", text = ""]) => ({
    language,
    text,
    isProgram: run !== undefined,
  }));
}

/** Files shown on a page: blocks whose first line is their path. */
export function shownFiles(page: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { text } of codeBlocks(page)) {
    const [, path, rest] = /^\/\/ ([\w./-]+)\n(.*)$/s.exec(text) ?? [];
    if (path !== undefined && rest !== undefined) files.set(path, `${rest}\n`);
  }
  return files;
}
