/** Why a file is no picture that can be read: values of errors, by the name `picture_fault`. */
import { type Catalogue, type Language, type TextParams, translate } from "./translate.ts";

const pictureFaults = {
  not_a_picture: ["it is not a picture", "不是图片"],
  cut_off: ["it is cut off before its end", "文件不完整"],
  too_large: ["it has more than 100 million pixels", "超过一亿像素"],
  no_size: ["it is empty or has no width or height", "为空或宽高为零"],
  not_read: ["it is a picture of a kind that is not read", "是不支持的图片格式"],
  damaged: ["it is damaged", "已损坏"],
  gone: ["it can no longer be opened", "已无法打开"],
} satisfies Catalogue;

/** What the decoder says stands behind, in its own words. */
export function withPictureFault(params: TextParams, language: Language): TextParams {
  const { picture_fault: fault, detail = "" } = params;
  if (typeof fault !== "string" || !Object.hasOwn(pictureFaults, fault)) return params;
  const words = translate(pictureFaults, language, fault);
  const shown = language === "zh" ? `${words}（${detail}）` : `${words} (${detail})`;
  return { ...params, picture_fault: detail === "" ? words : shown };
}
