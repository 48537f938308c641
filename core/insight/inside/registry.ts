/** All views, in the order in which they are offered: what is particular to a kind of layer comes first. */
import activations from "./activations/view.ts";
import attentionMaps from "./attention_maps/view.ts";
import boundaries from "./boundaries/view.ts";
import featureMaps from "./feature_maps/view.ts";
import filters from "./filters/view.ts";
import gates from "./gates/view.ts";
import gradientByDistance from "./gradient_by_distance/view.ts";
import type { InsideView, LayerFacts, NetworkFacts, ViewName } from "./look.ts";
import neighbours from "./neighbours/view.ts";
import occlusion from "./occlusion/view.ts";
import saliency from "./saliency/view.ts";
import vectors from "./vectors/view.ts";
import weights from "./weights/view.ts";

export const insideViews: readonly InsideView[] = [
  featureMaps,
  filters,
  attentionMaps,
  gates,
  gradientByDistance,
  vectors,
  saliency,
  occlusion,
  neighbours,
  boundaries,
  activations,
  weights,
];

export function insideView(name: ViewName): InsideView {
  const found = insideViews.find((view) => view.name === name);
  if (found === undefined) throw new Error(`no view '${name}'`);
  return found;
}

export function viewsOf(layer: LayerFacts, network: NetworkFacts): ViewName[] {
  return insideViews.filter((view) => view.fits(layer, network)).map(({ name }) => name);
}
