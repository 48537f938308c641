/**
 * Texts of files that are read as data: which cannot be read, and what an import warns of; pictures, archives and joined tables are in
 * data-sources.ts. Rows are counted from 1, without the header; lines from 1, with it.
 */
import type { Catalogue } from "../translate.ts";

const fileErrors = {
  "data.file_not_found": [
    "'{file}' is not there: it was moved, renamed or deleted. Choose the file again.",
    "找不到“{file}”：它已被移动、改名或删除。请重新选择文件。",
  ],
  "data.is_a_directory": [
    "'{file}' is a folder, not a file. Choose a CSV or TSV file in it.",
    "“{file}”是文件夹，不是文件。请选择其中的 CSV 或 TSV 文件。",
  ],
  "data.file_not_readable": [
    "'{file}' cannot be read: permission is missing or the drive does not answer. Check both and try again.",
    "无法读取“{file}”：没有权限，或磁盘没有响应。请检查后重试。",
  ],
  "data.file_changed": [
    "'{file}' changed while it was being read. Wait until it is written and import it again.",
    "读取期间“{file}”发生了变化。请等它写完后再导入。",
  ],
  "data.file_empty": [
    "'{file}' is empty. Expected a table: a line of column names and lines of values.",
    "“{file}”是空的。应为一张表：一行列名，后面是数据行。",
  ],
  "data.header_only": [
    "'{file}' has column names and no row of values. Expected at least one row.",
    "“{file}”只有列名，没有数据行。至少需要一行数据。",
  ],
  "data.not_text": [
    "'{file}' is not a table of text: line {line} holds the byte {value}. Expected CSV or TSV (also packed as .gz), received binary data. Export the table as CSV.",
    "“{file}”不是文本表格：第 {line} 行含有字节 {value}。应为 CSV 或 TSV（也可为 .gz），收到的是二进制数据。请把表导出为 CSV。",
  ],
  "data.other_kind": [
    "'{file}' is of the kind {kind}. Expected CSV or TSV (also packed as .gz). Export the table as CSV.",
    "“{file}”是 {kind} 文件。应为 CSV 或 TSV（也可为 .gz）。请把表导出为 CSV。",
  ],
  "data.one_picture": [
    "'{file}' is one picture ({kind}); a network learns from many. Put them into a folder for each class and open that folder, or pack it as a .zip.",
    "“{file}”是一张图片（{kind}）；网络需要从许多图片中学习。请为每个类别建一个文件夹放入图片，然后打开上级文件夹，或打包成 .zip。",
  ],
  "data.gzip_damaged": [
    "'{file}' is a damaged or cut-off .gz file. Download or pack it again.",
    "“{file}”是损坏或不完整的 .gz 文件。请重新下载或压缩。",
  ],
  "data.gzip_cut_off": [
    "'{file}' is a .gz file that is cut off: it ends in line {line} of what is packed in it. Download or copy it again.",
    "“{file}”是不完整的 .gz 文件：内容在第 {line} 行中断。请重新下载或复制。",
  ],
  "data.gzip_damaged_at": [
    "'{file}' is a damaged .gz file: from line {line} of what is packed in it, it cannot be unpacked. Download or pack it again.",
    "“{file}”是损坏的 .gz 文件：从内容的第 {line} 行起无法解压。请重新下载或压缩。",
  ],
  "data.encoding_unknown": [
    "'{file}' is not UTF-8 (line {line}, byte {byte}: {value}), and its encoding cannot be told for certain. Choose its encoding, or save it as UTF-8 (in Excel: CSV UTF-8) and import it again.",
    "“{file}”不是 UTF-8（第 {line} 行，字节 {byte}：{value}），也无法确定它的编码。请选择它的编码，或另存为 UTF-8（在 Excel 中选择“CSV UTF-8”）后再导入。",
  ],
  "data.encoding_mixed": [
    "'{file}' begins as UTF-8 and goes on in another encoding in line {line} (byte {byte}: {value}): two files were probably joined. Save all of it as UTF-8.",
    "“{file}”开头是 UTF-8，从第 {line} 行（字节 {byte}：{value}）起却是另一种编码：可能由两个文件拼接而成。请全部另存为 UTF-8。",
  ],
  "data.wrong_encoding": [
    "'{file}' cannot be read as {encoding}: line {line} holds what this encoding does not have ({value}). Choose another encoding or save the file as UTF-8.",
    "“{file}”不能按 {encoding} 读取：第 {line} 行含有该编码没有的内容（{value}）。请选择其他编码，或另存为 UTF-8。",
  ],
  "data.encoding_not_supported": [
    "The encoding '{encoding}' is not known. Use a name such as utf-8, gb18030, shift_jis, windows-1252.",
    "未知的编码“{encoding}”。请使用 utf-8、gb18030、shift_jis、windows-1252 等名称。",
  ],
  "data.mark_not_true": [
    "'{file}' begins with the mark of {encoding}, yet what follows is plain text of one byte a character: '{line}'. Another program has damaged it. Save it as UTF-8, or take its first two bytes away.",
    "“{file}”以 {encoding} 的字节序标记开头，但其后是每字符一字节的普通文本：“{line}”。文件已被其他程序损坏。请另存为 UTF-8，或删去开头的两个字节。",
  ],
  "data.one_column": [
    "'{file}' has only one column; expected at least two, separated by commas, tabs, semicolons or vertical bars. Its first line is: {line}",
    "“{file}”只有一列；至少需要两列，以逗号、制表符、分号或竖线分隔。第一行是：{line}",
  ],
  "data.too_many_columns": [
    "'{file}' has {columns} columns; at most {limit} can be imported. Leave out columns, or keep images and signals in files of their own.",
    "“{file}”有 {columns} 列，最多可导入 {limit} 列。请去掉一些列；图像和信号请用各自的文件保存。",
  ],
  "data.ragged_rows_refused": [
    "'{file}' has {count} {count|line|lines} with a wrong number of cells. The first is line {line}: expected {expected} cells, received {received}. Correct them (a cell that contains the delimiter must be in double quotes).",
    "“{file}”有 {count} 行的单元格数不对。第一处在第 {line} 行：应为 {expected} 个，收到 {received} 个。请改正（含分隔符的单元格要用双引号括起来）。",
  ],
  "data.quote_not_closed": [
    "'{file}', line {line}: a double quote is opened and not closed, or text follows the closing one. Close it, and write a quote inside a quoted cell twice.",
    "“{file}”第 {line} 行：双引号没有闭合，或闭合后还有文字。请补上；引号单元格内的引号要写两次。",
  ],
  "data.line_not_readable": [
    "'{file}', line {line} cannot be read as cells of a table. Correct the line or remove it.",
    "“{file}”第 {line} 行不能解析为表格单元格。请改正或删除该行。",
  ],
  "data.disk_full": [
    "The disk is full, or a limit on file size is reached, while working on '{file}'. Nothing was stored. Free some space and try again.",
    "处理“{file}”时磁盘已满，或达到文件大小上限。没有保存任何内容。请腾出空间后重试。",
  ],
  "data.rows_not_brought": [
    "The rows of the next batches could not be prepared (stretch {window}): the files they lie in were damaged or removed, or memory ran out. Start the run again; where it fails again, import the data anew.",
    "无法准备后续批次的数据（第 {window} 段）：存放它们的文件已损坏或被删除，或内存不足。请重新开始该运行；若再次失败，请重新导入数据。",
  ],
  "data.line_too_long": [
    "Line {line} of '{file}' is {megabytes} MB long; a line may have at most {limit} MB. Line ends are probably missing: check how the file was written.",
    "“{file}”第 {line} 行长 {megabytes} MB；一行最多 {limit} MB。可能缺少换行符：请检查文件是如何写出的。",
  ],
  "data.import_cancelled": ["The import was cancelled. Nothing was stored.", "导入已取消。没有保存任何内容。"],
  "data.look_cancelled": ["Looking was cancelled. Nothing was changed.", "查看已取消。没有任何更改。"],
  "data.layout_cancelled": ["It was cancelled before the preparation was known.", "在得到预处理结果之前已被取消。"],
  "data.stored_table_damaged": [
    "The stored table '{file}' is damaged. Delete the data set and import its file again.",
    "存储的表“{file}”已损坏。请删除该数据集并重新导入文件。",
  ],
} satisfies Catalogue;

/** Warnings: the data set is imported, and the person is told. */
const warnings = {
  "data.encoding_guessed": [
    "'{file}' was read as {encoding}, which is a guess. Check this example: {example}. If it is wrong, choose another encoding.",
    "“{file}”按 {encoding} 读取，这是推测。请核对示例：{example}。如有误，请选择其他编码。",
  ],
  "data.texts_encoding_guessed": [
    "{count} {count|file|files} of '{file}' {count|was|were} read as {encoding}, which is a guess. Check this example, of {first}: {example}. If it is wrong, choose another encoding.",
    "“{file}”中有 {count} 个文件按 {encoding} 读取，这是推测。请核对示例（{first}）：{example}。如有误，请选择其他编码。",
  ],
  "data.no_header": [
    "The first line looks like values, not like names ({first}): the {columns} columns are named column_1, column_2 …",
    "第一行看起来是数据而不是列名（{first}）：{columns} 列被命名为 column_1、column_2……",
  ],
  "data.duplicate_headers": [
    "{count} {count|column name occurs|column names occur} more than once and {count|was|were} numbered: {names} (again as column {columns}).",
    "有 {count} 个重复的列名，已加上序号：{names}（重复出现在第 {columns} 列）。",
  ],
  "data.empty_headers": [
    "{count} {count|column has|columns have} no name and {count|was|were} named by {count|its|their} place: column {columns}.",
    "有 {count} 列没有列名，已按位置命名：第 {columns} 列。",
  ],
  "data.file_no_header": [
    "The first line of '{file}' looks like values, not like names ({first}): the {columns} columns are named column_1, column_2 …",
    "“{file}”的第一行看起来是数据而不是列名（{first}）：{columns} 列被命名为 column_1、column_2……",
  ],
  "data.file_duplicate_headers": [
    "In '{file}' {count} {count|column name occurs|column names occur} more than once and {count|was|were} numbered: {names} (again as column {columns}).",
    "“{file}”中有 {count} 个重复的列名，已加上序号：{names}（重复出现在第 {columns} 列）。",
  ],
  "data.file_empty_headers": [
    "In '{file}' {count} {count|column has|columns have} no name and {count|was|were} named by {count|its|their} place: column {columns}.",
    "“{file}”中有 {count} 列没有列名，已按位置命名：第 {columns} 列。",
  ],
  "data.ragged_rows": [
    "{count} {count|line|lines} of '{file}' {count|was|were} left out because of a wrong number of cells. The first is line {line}: expected {expected}, received {received}.",
    "“{file}”有 {count} 行因单元格数不对而被略去。第一处在第 {line} 行：应为 {expected} 个，收到 {received} 个。",
  ],
  "data.column_lists": [
    "The cells of column '{column}' are lists: {parts} different parts, parted by '{separator}' ('{example}'). As an input each part becomes a column of 0 and 1 (multi-hot). As what is to be predicted each part is a label of its own (a sigmoid each, binary cross-entropy); the data screen can make each combination a class instead.",
    "列“{column}”的单元格是列表：共 {parts} 个不同部分，以“{separator}”分隔（“{example}”）。作为输入时，每个部分变成一列 0/1（多热编码）。作为预测目标时，每个部分是一个标签（各有一个 sigmoid 输出，用二元交叉熵）；也可在数据界面改为每种组合一类。",
  ],
  "data.column_mixed": [
    "Column '{column}' holds {numbers} numbers and {words} other texts, so it is taken as categories. The first text is '{value}' in row {row}. If it means missing, add it to the column's missing values and set the type to numeric.",
    "列“{column}”有 {numbers} 个数和 {words} 个其他文本，因此按类别处理。第一个文本是第 {row} 行的“{value}”。如果它表示缺失，请把它加入该列的缺失标记，并将类型改为数值。",
  ],
  "data.dates_mixed": [
    "Column '{column}' has dates, but not all in one form: most are written {form}, row {row} has '{other}'. The first of each, with its row: {examples}. It is taken as categories. Write all dates one way and import the file again.",
    "列“{column}”含有日期，但写法不一：多数为 {form}，第 {row} 行为“{other}”。每种写法的第一个值（括号内为行号）：{examples}。该列按类别处理。请统一日期写法后重新导入。",
  ],
  "data.date_ambiguous": [
    "The dates of column '{column}' can be read as {format} and as {other} (all of them, such as '{value}' in row {row}); {format} was taken. Change the column's date format if that is wrong.",
    "列“{column}”的日期全都既可按 {format} 也可按 {other} 读取（如第 {row} 行的“{value}”）；已采用 {format}。如有误，请修改该列的日期格式。",
  ],
  "data.date_year_or_day": [
    "Column '{column}' names a month and a number that may be a year or a day (such as '{value}' in row {row}), so it is taken as categories. If all are months of years, choose the type date; else write dates with years of four digits and import it again.",
    "列“{column}”含有月份名和一个可能是年份也可能是日的数（如第 {row} 行的“{value}”），因此按类别处理。若都是某年的月份，请选择类型“日期”；否则请写出四位年份后重新导入。",
  ],
  "data.date_without_year": [
    "Column '{column}' has days of months without a year (such as '{value}' in row {row}), so it is taken as categories. For dates write the year too and import it again.",
    "列“{column}”只有月和日而没有年份（如第 {row} 行的“{value}”），因此按类别处理。若要作为日期，请写出年份后重新导入。",
  ],
  "data.time_or_duration": [
    "The values of column '{column}' (such as '{value}' in row {row}) may be times of day or durations, so it is taken as categories. If they are times of day, choose that type; write durations as numbers, such as seconds, and import the file again.",
    "列“{column}”的值（如第 {row} 行的“{value}”）可能是时刻，也可能是时长，因此按类别处理。若是时刻，请选择类型“时刻”；若是时长，请写成数（如秒数）后重新导入。",
  ],
  "data.decimal_mixed": [
    "Column '{column}' has {commas} numbers with a decimal comma ('{example}' in row {row}) and {points} with a decimal point or commas between thousands ('{other}' in row {otherRow}), so it is taken as categories. Write them one way in the file and import it again.",
    "列“{column}”有 {commas} 个数用逗号作小数点（第 {row} 行的“{example}”），{points} 个用句点作小数点或用逗号分隔千位（第 {otherRow} 行的“{other}”），因此按类别处理。请在文件中统一写法后重新导入。",
  ],
  "data.decimal_unclear": [
    "The commas of column '{column}' may stand before decimals or part thousands ('{example}' in row {row}), so it is taken as categories. Set the type to numeric and say which at the column: 'Decimal comma' or 'Commas between thousands'.",
    "列“{column}”中的逗号可能是小数点，也可能是千位分隔符（第 {row} 行的“{example}”），因此按类别处理。请将类型改为数值，并在该列选择“逗号作小数点”或“逗号分隔千位”。",
  ],
  "data.leak_suspected": [
    "Column '{column}' gives the target '{target}' away: its {values} values determine {percent} % of it. If it is only known afterwards, ignore the column.",
    "列“{column}”泄露了目标“{target}”：它的 {values} 个取值决定了目标的 {percent} %。如果它是事后才知道的，请忽略该列。",
  ],
} satisfies Catalogue;

export const dataFileErrors = { ...fileErrors, ...warnings } satisfies Catalogue;
