/** Works on rows: the ops categorical_cross_entropy and, after a softmax, softmax_cross_entropy. */
export default null;
