/** Texts of the errors of the engine: what this machine lacks to train. */
import type { Catalogue } from "../translate.ts";

export const engineErrors = {
  "engine.simd_missing": [
    "The engine needs WebAssembly with {missing}, which this program runs without. Use Node 22 or newer, or a current Chromium, Edge or Firefox; without relaxed SIMD choose the arithmetic “reproducible” in the training options.",
    "引擎需要支持 {missing} 的 WebAssembly，而当前环境不支持。请使用 Node 22 或更高版本，或新版 Chromium、Edge 或 Firefox；若只缺少 relaxed SIMD，请在训练选项中把算术改为“reproducible”。",
  ],
  "engine.out_of_memory": [
    "The network needs {megabytes} MB in one piece, which this machine could not give (WebAssembly takes at most 4,096 MB). Choose a smaller batch, narrower layers, or close other programs.",
    "该网络需要一整块 {megabytes} MB 的内存，本机无法提供（WebAssembly 上限为 4,096 MB）。请减小批大小、缩窄各层，或关闭其他程序。",
  ],
} satisfies Catalogue;
