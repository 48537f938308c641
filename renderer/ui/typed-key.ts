/**
 * Which key was pressed in a text field. While a word is being composed (Chinese, Japanese, an accent), Enter takes the word and Escape
 * gives it up: both are the input method's, and neither is meant for the field.
 */
interface Typed {
  readonly key: string;
  readonly nativeEvent: { readonly isComposing: boolean; readonly keyCode: number };
}

/** Safari tells the press that ends the composition after its end, as the input method's key. */
const OF_INPUT_METHOD = 229;

/** @returns empty where the press belongs to the input method */
export function typedKey({ key, nativeEvent }: Typed): string {
  return nativeEvent.isComposing || nativeEvent.keyCode === OF_INPUT_METHOD ? "" : key;
}
