/** Global max pooling of pictures [height, width, channels]: the largest number of each channel over all pixels (Keras's GlobalMaxPooling2D). */
import { globalPoolingOfPictures } from "../global-pooling.ts";
import { texts } from "./texts.ts";

export default globalPoolingOfPictures({
  type: "global_max_pooling_2d",
  icon: "GM2",
  texts,
  function: "maximum",
  kerasClass: "GlobalMaxPooling2D",
});
