/** Global max pooling of sequences [steps, channels]: the largest number of each channel over all steps (Keras's GlobalMaxPooling1D). */
import { globalPoolingOfSequences } from "../global-pooling.ts";
import { texts } from "./texts.ts";

export default globalPoolingOfSequences({
  type: "global_max_pooling_1d",
  icon: "GM1",
  texts,
  function: "maximum",
  kerasClass: "GlobalMaxPooling1D",
});
