/** Words of the data screen for what is no plain table: pictures, texts, time series, and the list of all steps. */
import type { Catalogue } from "../translate.ts";

export const dataKindsTexts = {
  "data.open_folder": ["Open a folder of pictures…", "打开图片文件夹…"],
  "data.too_many_files": [
    "One file at a time, or the two of a set of pictures (pictures and labels). {count} were given.",
    "一次只能处理一个文件，或一组图片的两个文件（图片与标签）。收到了 {count} 个。",
  ],
} as const satisfies Catalogue;
