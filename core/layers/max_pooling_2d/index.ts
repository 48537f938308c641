/** Max pooling of pictures [height, width, channels]: the largest number of each window, channel by channel (Keras's MaxPooling2D). */
import { poolingOfPictures } from "../pooling.ts";
import { texts } from "./texts.ts";

export default poolingOfPictures({ type: "max_pooling_2d", icon: "M2", texts, function: "maximum", kerasClass: "MaxPooling2D" });
