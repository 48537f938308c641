import { expect, it } from "vitest";
import { terminalLanguage } from "./terminal-language.ts";

it("is that of the first locale that is set", () => {
  expect(terminalLanguage({ LANG: "zh_CN.UTF-8" })).toBe("zh");
  expect(terminalLanguage({ LC_ALL: "", LC_MESSAGES: "zh_TW", LANG: "en_GB.UTF-8" })).toBe("zh");
  expect(terminalLanguage({ LC_ALL: "C.UTF-8", LANG: "zh_CN.UTF-8" })).toBe("en");
  expect(terminalLanguage({})).toBe("en");
});
