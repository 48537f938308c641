/** Global average pooling of sequences [steps, channels]: the mean of each channel over all steps (Keras's GlobalAveragePooling1D). */
import { globalPoolingOfSequences } from "../global-pooling.ts";
import { texts } from "./texts.ts";

export default globalPoolingOfSequences({
  type: "global_average_pooling_1d",
  icon: "GA1",
  texts,
  function: "average",
  kerasClass: "GlobalAveragePooling1D",
});
