/** Errors of run groups, the queue, folds and checkpoints, in English and Chinese. */
import type { Catalogue } from "../translate.ts";

export const groupErrors = {
  "run.group_not_found": [
    "This group of runs is not in the library any more: it was deleted, perhaps in another window.",
    "资料库中已没有这个运行组：它可能已在另一个窗口中被删除。",
  ],
} satisfies Catalogue;
