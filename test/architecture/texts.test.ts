/**
 * Everything that people read is there in English and in 中文, and every error that is thrown has its words.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { events, methods } from "../../core/protocol/methods.ts";
import type { Catalogue } from "../../resources/translations/translate.ts";
import { withTree } from "./planted-tree.ts";
import {
  allTexts,
  errorCatalogue,
  literalStrings,
  passedCodes,
  placeholders,
  type Text,
  type ThrownCode,
  textsIn,
  thrownCodes,
} from "./texts.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

/** What keeps a thrown error from being read as it is meant. */
function faults(thrown: readonly ThrownCode[], catalogue: Catalogue): readonly string[] {
  return thrown.flatMap(({ place, code, params }) => {
    const text = catalogue[code];
    if (text === undefined) return [`${place}: ${code} has no text in resources/translations/errors/`];
    const missing = params === null ? [] : placeholders(text.join(" ")).filter((name) => !params.includes(name));
    return missing.length === 0 ? [] : [`${place}: ${code} wants {${missing.join("}, {")}} and is not given it`];
  });
}

describe("errors", () => {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await errorCatalogue(REPOSITORY);
  });

  test("every error that is thrown has a text, and every value that its text wants", () => {
    const thrown = thrownCodes(REPOSITORY);
    expect(thrown.length).toBeGreaterThan(50);
    expect(faults(thrown, catalogue)).toEqual([]);
  });

  test("every code that is handed to a function or kept in an error has a text", async () => {
    const areas = new Set(Object.keys(catalogue).map((code) => code.replace(/\..*/, "")));
    // Words of the interface have keys of the same form.
    const screens = await Promise.all(
      globSync("resources/translations/app/*.ts", { cwd: REPOSITORY }).map((file) => import(join(REPOSITORY, file))),
    );
    const words = screens.flatMap((exported: Record<string, Catalogue>) => Object.values(exported).flatMap(Object.keys));
    const names = new Set([...Object.keys(methods), ...Object.keys(events), ...words, "model.json", "run.json"]);
    // What tests make up needs no words.
    const passed = passedCodes(REPOSITORY, areas, names).filter(({ place }) => !place.includes("/testing/"));
    expect(passed.length).toBeGreaterThan(10);
    expect(faults(passed, catalogue)).toEqual([]);
  });

  test("every text belongs to a code that the source names", () => {
    const named = literalStrings(REPOSITORY);
    expect(Object.keys(catalogue).filter((code) => !named.has(code))).toEqual([]);
  });

  test.each([
    ["without a text", 'throw new AppError("area.unheard_of");', "area.unheard_of has no text"],
    [
      "without a text in one branch",
      'throw new AppError(Math.PI > 3 ? "area.known" : "area.other", { name: 1 });',
      "area.other has no text",
    ],
    ["without a value", 'throw new AppError("area.known", { nam: 1 });', "wants {name}"],
  ])("a planted error %s is found", (_, statement, message) => {
    const found = withTree(
      { "core/graph/wrong.ts": `import { AppError } from "../errors.ts";\nexport function wrong(): never { ${statement} }\n` },
      thrownCodes,
    );
    expect(faults(found, { "area.known": ["{name} is wrong.", "{name}有误。"] })).toEqual([expect.stringContaining(message)]);
  });
});

/** What is wrong with texts, one line each. */
function textFaults(texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({ place, en, zh }) => {
    if (en.trim() === "" || zh.trim() === "") return [`${place}: a language is empty`];
    const [english, chinese] = [placeholders(en).join(", "), placeholders(zh).join(", ")];
    return english === chinese ? [] : [`${place}: English wants {${english}}, 中文 wants {${chinese}}`];
  });
}

test("a planted code without a text is found where it is handed to a function", () => {
  const text =
    'export const wrong = [nodeProblem("n", "area.unheard_of"), { code: "area.nor_this" }, call("area.method")];\ndeclare function nodeProblem(id: string, code: string): unknown;\n';
  const found = withTree({ "core/graph/wrong.ts": text }, (root) => passedCodes(root, new Set(["area"]), new Set(["area.method"])));
  expect(found.map(({ code }) => code)).toEqual(["area.unheard_of", "area.nor_this"]);
});

describe("texts", () => {
  test("every text is there in both languages, with the same values", async () => {
    const texts = await allTexts(REPOSITORY);
    expect(texts.length).toBeGreaterThan(200);
    expect(textFaults(texts)).toEqual([]);
  });

  test("a missing language, an empty one and a forgotten value are found", () => {
    expect(textFaults([{ place: "p", en: "Save", zh: " " }])).toEqual(["p: a language is empty"]);
    expect(textFaults([{ place: "p", en: "{count} runs", zh: "次" }])).toEqual(["p: English wants {count}, 中文 wants {}"]);
    const uneven = { texts: { en: { label: "A", summary: "B" }, zh: { label: "甲" } } };
    expect(() => textsIn(uneven, "x")).toThrow("x › texts: English has label, summary; 中文 has label");
  });
});
