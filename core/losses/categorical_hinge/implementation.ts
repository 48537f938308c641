/** Works on rows: the op categorical_hinge. */
export default null;
