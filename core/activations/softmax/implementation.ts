/** Softmax works on rows: it is the op `softmax`, not a function of one number. */
export default null;
