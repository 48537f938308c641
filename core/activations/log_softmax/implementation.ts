/** Log-softmax works on rows: it is the op `log_softmax`, not a function of one number. */
export default null;
