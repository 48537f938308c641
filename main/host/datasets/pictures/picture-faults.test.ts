import sharp from "sharp";
import { expect, test } from "vitest";
import { pictureFault } from "./picture-faults.ts";

const png = await sharp({ create: { width: 4, height: 2, channels: 3, background: "red" } })
  .png()
  .toBuffer();

test("what the decoder says of another picture, decoded at the same moment, is not said of this one", () => {
  const both = new Error("VipsJpeg: premature end of JPEG image\npngload_buffer: libspng read error");
  expect(pictureFault(png, both)).toEqual({ fault: "damaged", detail: "pngload_buffer: libspng read error" });
  expect(pictureFault(png.subarray(0, 40), both).fault).toBe("cut_off");
});

test("words that name no format are kept, with those of this one", () => {
  const said = new Error("Input buffer has corrupt header:\npngload_buffer: end of stream");
  expect(pictureFault(png, said).detail).toBe("Input buffer has corrupt header: pngload_buffer: end of stream");
});
