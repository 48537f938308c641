/** Max pooling of sequences [steps, channels]: the largest number of each window, channel by channel (Keras's MaxPooling1D). */
import { poolingOfSequences } from "../pooling.ts";
import { texts } from "./texts.ts";

export default poolingOfSequences({ type: "max_pooling_1d", icon: "M1", texts, function: "maximum", kerasClass: "MaxPooling1D" });
