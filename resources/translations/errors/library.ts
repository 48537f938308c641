/** Errors of the engine used as a library (core/train/train-arrays.ts), in English and Chinese. */
import type { Catalogue } from "../translate.ts";

export const libraryErrors = {
  "train.wrong_row_count": [
    "'{id}' was given {received} numbers where {expected} are expected: {rows} rows, as many as the first input has, times the numbers of one row. Give every input and every output one value a number.",
    "“{id}”得到 {received} 个数，而应有 {expected} 个：行数 {rows}（与第一个输入相同）乘以每行的数字个数。请为每个输入和输出给出相应数量的值。",
  ],
} satisfies Catalogue;
