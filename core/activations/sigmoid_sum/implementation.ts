/** It has weights: core/ir builds it from ops. */
export default null;
