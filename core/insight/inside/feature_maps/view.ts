/**
 * Feature maps: what every channel of a layer gives at every place of a picture, the sum over the channels beside them (the
 * "summed channel" picture that shows where a layer looks), and the picture that went in.
 */
import { array, defineView, required, type Seen } from "../look.ts";

export default defineView({
  name: "feature_maps",
  fits: ({ shapes: [shape = []], traits }) => shape.length === 3 && traits.role !== "output",
  look: ({ layer, network, value, row }) => {
    const maps = required(value(layer.id), layer.name);
    const picture = network.inputs.find(({ shape }) => shape.length === 3);
    const shown = picture === undefined || picture.id === layer.id ? null : (row[picture.id] ?? null);
    return {
      arrays: [
        array("maps", maps.shape, maps.values),
        array("summed", maps.shape.slice(0, 2), summedChannels(maps)),
        ...(picture === undefined || shown === null ? [] : [array("picture", picture.shape, shown)]),
      ],
      labels: {},
      figures: {},
    };
  },
});

/** The sum over the channels at each place: `[height, width]`. */
export function summedChannels({ shape, values }: Seen): Float32Array {
  const channels = shape[2] ?? 1;
  return Float32Array.from({ length: values.length / channels }, (_, place) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += values[place * channels + channel] as number;
    return sum;
  });
}
