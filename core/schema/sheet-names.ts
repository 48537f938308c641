/** Names that stand in place of a table's where a file holds several. */

/** The pictures beside the tables are meant: names of tables have an ending. */
export const PICTURES = "pictures";
