/** Remarks of a column's profile that preparations and networks are proposed by. */

/** Of a column that pictures or a second table were joined by: a name, and often a number of the row. */
export const KEY_REMARK = "joined_by";

/** Prefix of that of a column of sentences that come again, with the words of the longest and how many different: `sentences=9,31`. */
export const SENTENCES_REMARK = "sentences=";

/** Of a column of texts or sentences whose words no spaces part (Chinese, Japanese, Thai): they are cut by a segmenter. */
export const SEGMENTS_REMARK = "segments";

/** Of a column of dates of which one at least has a time other than midnight: its hour is learnt from too. */
export const TIMES_REMARK = "times";
