/** Global average pooling of pictures [height, width, channels]: the mean of each channel over all pixels (Keras's GlobalAveragePooling2D). */
import { globalPoolingOfPictures } from "../global-pooling.ts";
import { texts } from "./texts.ts";

export default globalPoolingOfPictures({
  type: "global_average_pooling_2d",
  icon: "GA2",
  texts,
  function: "average",
  kerasClass: "GlobalAveragePooling2D",
});
