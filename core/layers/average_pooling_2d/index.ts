/** Average pooling of pictures [height, width, channels]: the mean of each window, channel by channel (Keras's AveragePooling2D). */
import { poolingOfPictures } from "../pooling.ts";
import { texts } from "./texts.ts";

export default poolingOfPictures({ type: "average_pooling_2d", icon: "A2", texts, function: "average", kerasClass: "AveragePooling2D" });
