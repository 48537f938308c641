/** Average pooling of sequences [steps, channels]: the mean of each window, channel by channel (Keras's AveragePooling1D). */
import { poolingOfSequences } from "../pooling.ts";
import { texts } from "./texts.ts";

export default poolingOfSequences({ type: "average_pooling_1d", icon: "A1", texts, function: "average", kerasClass: "AveragePooling1D" });
