/** Float32 numbers in a file: base64 of little-endian bytes, or a plain array for people who read the file by eye. */
import { AppError } from "../../errors.ts";

/** Whether this machine keeps the low byte first, as the file does. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Bytes of the numbers, low byte first. */
function toBytes(values: Float32Array): Uint8Array {
  if (littleEndian) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  return new Uint8Array(view.buffer);
}

export function encodeNumbers(values: Float32Array): string {
  const bytes = toBytes(values);
  let binary = "";
  for (let start = 0; start < bytes.length; start += 32_768) binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  return btoa(binary);
}

/** @throws AppError model.weights_unreadable */
export function decodeNumbers(text: string, name: string): Float32Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new AppError("model.weights_unreadable", { name }, { cause });
  }
  if (binary.length % 4 !== 0) throw new AppError("model.weights_unreadable", { name });
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  if (littleEndian) return new Float32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
