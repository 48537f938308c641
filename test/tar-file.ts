/** Archives as tar makes them, of a few files. */
import { tarEnd, tarHeader, tarPadding } from "../core/protocol/tar-header.ts";

export function tar(entries: readonly { readonly name: string; readonly content: Uint8Array | string }[]): Buffer {
  const parts = entries.flatMap(({ name, content }) => {
    const bytes = Buffer.from(content as Uint8Array);
    return [tarHeader(name, bytes.length), bytes, tarPadding(bytes.length)];
  });
  return Buffer.concat([...parts, tarEnd()]);
}
