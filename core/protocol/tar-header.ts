/**
 * Headers of a tar archive, for files that are sent as one: a browser that is given a folder sends its files behind one another, each
 * after its header, and nothing has to be read before. Source: IEEE Std 1003.1, pax, "ustar Interchange Format".
 */
const BLOCK = 512;
/** Twelve octal digits less the zero at their end. */
const MOST_OCTAL = 8 ** 11;
const LONGEST_NAME = 100;

/** What stands before the content of a file. @param size in bytes */
export function tarHeader(name: string, size: number): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= LONGEST_NAME && bytes.every((byte) => byte < 0x80) && size < MOST_OCTAL) return block(bytes, size, "0");
  const record = new TextEncoder().encode(`${paxLine("path", name)}${paxLine("size", String(size))}`);
  const parts = [
    block(new TextEncoder().encode("pax"), record.length, "x"),
    record,
    tarPadding(record.length),
    block(new Uint8Array(0), 0, "0"),
  ];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** Zeros that fill a content up to whole blocks. */
export const tarPadding = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);

export const tarEnd = (): Uint8Array<ArrayBuffer> => new Uint8Array(2 * BLOCK);

function block(name: Uint8Array, size: number, kind: string): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, place: number): void => header.set(new TextEncoder().encode(text), place);
  header.set(name, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put(kind, 156);
  put("ustar\u000000", 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** `27 path=photos/cats/1.png` and an end of line: the number counts its own digits too. */
function paxLine(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = new TextEncoder().encode(rest).length;
  let length = bytes + 1;
  while (String(length).length + bytes !== length) length = String(length).length + bytes;
  return `${length}${rest}`;
}
