/** A zip archive for tests, written byte by byte so that it can be made wrong. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** Bytes that the entry says it has; what it has when left out. */
  readonly claimed?: number;
}

const METHOD_DEFLATE = 8;

/** @param how entries as they are, or deflated */
export function zip(entries: readonly ZipEntry[], how: "stored" | "deflated" = "stored"): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content: given, claimed } of entries) {
    const content = Buffer.from(given as Uint8Array);
    const written = how === "stored" ? content : deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    if (how === "deflated") fields.writeUInt16LE(METHOD_DEFLATE, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(written.length, 14);
    fields.writeUInt32LE(claimed ?? content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), written]);
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
