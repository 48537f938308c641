/** Plain text of the clipboard; what browsers put there as HTML is tried in test/e2e/data-tables.spec.ts. */
import { expect, it } from "vitest";
import { pastedTable } from "./pasted-table.ts";

it("takes lines with a delimiter as they are, without Windows' line ends", () => {
  expect(pastedTable("", "a\tb\r\n1\t2\r\n")).toBe("a\tb\n1\t2\n");
  expect(pastedTable("", "a;b\n1,5;2")).toBe("a;b\n1,5;2\n");
});

it("takes no word, line or paragraph for a table", () => {
  for (const text of ["", "word", "one, two", "a paragraph\nof two lines"]) expect(pastedTable("", text), text).toBeNull();
});
