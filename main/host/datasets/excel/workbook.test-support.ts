/** Makes workbooks for tests, as Excel writes them: sheets of cells in XML, packed as a zip. */
import { crc32, deflateRawSync } from "node:zlib";

/** XML of `<c>` elements a row; `<row>` is put around them. */
export type SheetRows = readonly string[];

const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** Style 1 is a date, style 2 a date with its time. */
export function workbook(sheets: Readonly<Record<string, SheetRows>>): Buffer {
  const names = Object.keys(sheets);
  const list = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("");
  const links = names
    .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${R}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
    .join("");
  return zip([
    ["[Content_Types].xml", "<Types/>"],
    ["xl/workbook.xml", `<workbook xmlns="${M}" xmlns:r="${R}"><sheets>${list}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `<Relationships>${links}</Relationships>`],
    [
      "xl/styles.xml",
      `<styleSheet xmlns="${M}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
    ],
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

export function zip(entries: readonly (readonly [name: string, content: string])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}
