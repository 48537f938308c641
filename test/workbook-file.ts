/** Makes workbooks for tests, as Excel writes them: sheets of cells in XML, packed as a zip. */
import { zip } from "./zip-file.ts";

/** XML of `<c>` elements a row; `<row>` is put around them. */
export type SheetRows = readonly string[];

const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** Entries as Excel packs them. */
export const packed = (entries: readonly (readonly [name: string, content: Uint8Array | string])[]): Buffer =>
  zip(
    entries.map(([name, content]) => ({ name, content })),
    "deflated",
  );

/**
 * Style 1 is a date, style 2 a date with its time.
 * @param pictures logos in it, by name
 */
export function workbook(sheets: Readonly<Record<string, SheetRows>>, pictures: Readonly<Record<string, Uint8Array>> = {}): Buffer {
  const names = Object.keys(sheets);
  const list = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("");
  const links = names
    .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${R}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
    .join("");
  return packed([
    ["[Content_Types].xml", "<Types/>"],
    ["xl/workbook.xml", `<workbook xmlns="${M}" xmlns:r="${R}"><sheets>${list}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `<Relationships>${links}</Relationships>`],
    [
      "xl/styles.xml",
      `<styleSheet xmlns="${M}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
    ],
    ...Object.entries(pictures),
    ...names.map((name, i): [string, string] => [
      `xl/worksheets/sheet${i + 1}.xml`,
      `<worksheet xmlns="${M}"><sheetData>${(sheets[name] ?? []).map((cells, row) => `<row r="${row + 1}">${cells}</row>`).join("")}</sheetData></worksheet>`,
    ]),
  ]);
}

export const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
export const number = (at: string, value: number, style = 0): string => `<c r="${at}" s="${style}"><v>${value}</v></c>`;
export const truth = (at: string, value: boolean): string => `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
export const fault = (at: string, error: string): string => `<c r="${at}" t="e"><f>1/0</f><v>${error}</v></c>`;
