/** Remarks of a column's profile that preparations and networks are proposed by. */

/** Of a column that pictures or a second table were joined by: a name, and often a number of the row. */
export const KEY_REMARK = "joined_by";

/** Prefix of that of a column of sentences that come again, with the words of the longest and how many different: `sentences=9,31`. */
export const SENTENCES_REMARK = "sentences=";

/** Of a column of texts or sentences whose words no spaces part (Chinese, Japanese, Thai): they are cut by a segmenter. */
export const SEGMENTS_REMARK = "segments";

/** Prefix of that of a column of two words that say yes and no, with both in the order in which they are 0 and 1: `boolean=no,yes`. */
export const BOOLEAN_REMARK = "boolean=";

/** Whether a column is yes or no in every row. One with empty cells has a third value, and is prepared as categories are. */
export function isWholeBoolean({ remarks, missing }: { readonly remarks: readonly string[]; readonly missing: number }): boolean {
  return missing === 0 && isBoolean({ remarks });
}

export const isBoolean = ({ remarks }: { readonly remarks: readonly string[] }): boolean =>
  remarks.some((remark) => remark.startsWith(BOOLEAN_REMARK));

/** Prefix of that of a column of words that may be months of years, or days of no year, with the form of the first: `date_unclear=%b-%y`. */
export const DATE_UNCLEAR_REMARK = "date_unclear=";

/** Of a column of dates of which one at least has a time other than midnight: its hour is learnt from too. */
export const TIMES_REMARK = "times";
