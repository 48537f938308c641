/**
 * Texts of core/data, core/steps and main/host/datasets: files that cannot be read, columns and targets that do not
 * fit, and what an import warns of. Rows are counted from 1, without the header; lines from 1, with it.
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
    "'{file}' is not a table of text. Expected CSV or TSV (also packed as .gz), received binary data. Export the table as CSV.",
    "“{file}”不是文本表格。应为 CSV 或 TSV（也可为 .gz），收到的是二进制数据。请把表导出为 CSV。",
  ],
  "data.other_kind": [
    "'{file}' is of the kind {kind}. Expected CSV or TSV (also packed as .gz). Export the table as CSV.",
    "“{file}”是 {kind} 文件。应为 CSV 或 TSV（也可为 .gz）。请把表导出为 CSV。",
  ],
  "data.gzip_damaged": [
    "'{file}' is a damaged or cut-off .gz file. Download or pack it again.",
    "“{file}”是损坏或不完整的 .gz 文件。请重新下载或压缩。",
  ],
  "data.encoding_unknown": [
    "'{file}' is not UTF-8, and its encoding cannot be told for certain. Choose its encoding, or save it as UTF-8 (in Excel: CSV UTF-8) and import it again.",
    "“{file}”不是 UTF-8，也无法确定它的编码。请选择它的编码，或另存为 UTF-8（在 Excel 中选择“CSV UTF-8”）后再导入。",
  ],
  "data.encoding_mixed": [
    "'{file}' begins as UTF-8 and goes on in another encoding: two files were probably joined. Save all of it as UTF-8.",
    "“{file}”开头是 UTF-8，后面却是另一种编码：可能由两个文件拼接而成。请全部另存为 UTF-8。",
  ],
  "data.wrong_encoding": [
    "'{file}' cannot be read as {encoding}: it holds bytes that this encoding does not have. Choose another encoding or save the file as UTF-8.",
    "“{file}”不能按 {encoding} 读取：其中有该编码没有的字节。请选择其他编码，或另存为 UTF-8。",
  ],
  "data.encoding_not_supported": [
    "The encoding '{encoding}' is not known. Use a name such as utf-8, gb18030, shift_jis, windows-1252.",
    "未知的编码“{encoding}”。请使用 utf-8、gb18030、shift_jis、windows-1252 等名称。",
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
    "'{file}' has {count} lines with a wrong number of cells. The first is line {line}: expected {expected} cells, received {received}. Correct them (a cell that contains the delimiter must be in double quotes).",
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
    "The rows of the next batches could not be prepared (stretch {window}): the files they lie in were damaged or removed, or memory ran out. Start the run again.",
    "无法准备后续批次的数据（第 {window} 段）：存放它们的文件已损坏或被删除，或内存不足。请重新开始该运行。",
  ],
  "data.line_too_long": [
    "Line {line} of '{file}' is {megabytes} MB long; a line may have at most {limit} MB. Line ends are probably missing: check how the file was written.",
    "“{file}”第 {line} 行长 {megabytes} MB；一行最多 {limit} MB。可能缺少换行符：请检查文件是如何写出的。",
  ],
  "data.import_cancelled": ["The import was cancelled. Nothing was stored.", "导入已取消。没有保存任何内容。"],
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
  "data.no_header": [
    "The first line looks like values, not like names ({first}): the {columns} columns are named column_1, column_2 …",
    "第一行看起来是数据而不是列名（{first}）：{columns} 列被命名为 column_1、column_2……",
  ],
  "data.duplicate_headers": [
    "{count} column names occur more than once and were numbered: {names}.",
    "有 {count} 个重复的列名，已加上序号：{names}。",
  ],
  "data.empty_headers": [
    "{count} columns have no name and were named by their place (column_3).",
    "有 {count} 列没有列名，已按位置命名（如 column_3）。",
  ],
  "data.ragged_rows": [
    "{count} lines of '{file}' were left out because of a wrong number of cells. The first is line {line}: expected {expected}, received {received}.",
    "“{file}”有 {count} 行因单元格数不对而被略去。第一处在第 {line} 行：应为 {expected} 个，收到 {received} 个。",
  ],
  "data.column_mixed": [
    "Column '{column}' holds {numbers} numbers and {words} other texts, so it is taken as categories. The first text is '{value}' in row {row}. If it means missing, add it to the column's missing values and set the type to numeric.",
    "列“{column}”有 {numbers} 个数和 {words} 个其他文本，因此按类别处理。第一个文本是第 {row} 行的“{value}”。如果它表示缺失，请把它加入该列的缺失标记，并将类型改为数值。",
  ],
  "data.dates_mixed": [
    "Column '{column}' has dates in several forms: most are written {form}, row {row} has '{other}'. It is taken as categories. Write all dates one way and import the file again.",
    "列“{column}”中的日期有多种写法：多数为 {form}，第 {row} 行为“{other}”。该列按类别处理。请统一日期写法后重新导入。",
  ],
  "data.date_ambiguous": [
    "The dates of column '{column}' can be read as {format} and as {other}; {format} was taken. Change the column's date format if that is wrong.",
    "列“{column}”的日期既可按 {format} 也可按 {other} 读取；已采用 {format}。如有误，请修改该列的日期格式。",
  ],
  "data.decimal_mixed": [
    "Column '{column}' has {commas} numbers with a decimal comma ('{example}') and {points} with a decimal point ('{other}'), so it is taken as categories. Write them one way in the file and import it again.",
    "列“{column}”有 {commas} 个数用逗号作小数点（“{example}”），{points} 个用句点（“{other}”），因此按类别处理。请在文件中统一写法后重新导入。",
  ],
  "data.decimal_unclear": [
    "The commas of column '{column}' may stand before decimals or part thousands ('{example}'), so it is taken as categories. If they stand before decimals, set the type to numeric and switch on 'Decimal comma'.",
    "列“{column}”中的逗号可能是小数点，也可能是千位分隔符（“{example}”），因此按类别处理。如果是小数点，请将类型改为数值并打开“逗号作小数点”。",
  ],
  "data.leak_suspected": [
    "Column '{column}' gives the target '{target}' away: its {values} values determine {percent} % of it. If it is only known afterwards, ignore the column.",
    "列“{column}”泄露了目标“{target}”：它的 {values} 个取值决定了目标的 {percent} %。如果它是事后才知道的，请忽略该列。",
  ],
} satisfies Catalogue;

const columnErrors = {
  "data.column_missing": [
    "{count} columns that are needed are not in the table: {columns}. Correct the names in the file, or prepare the design for this table.",
    "表中缺少 {count} 个需要的列：{columns}。请改正文件中的列名，或为这张表重新准备设计。",
  ],
  "data.column_wrong_type": [
    "Column '{column}' should be {expected}, received {received}. Change the column's type.",
    "列“{column}”应为 {expected}，收到的是 {received}。请修改列的类型。",
  ],
  "data.column_type_changed": [
    "Column '{column}' was {expected} in training and is {received} now. Change the column's type.",
    "列“{column}”训练时是 {expected}，现在是 {received}。请修改列的类型。",
  ],
  "data.not_a_number": [
    "Column '{column}' is numeric, but row {row} holds '{value}' ({count} such cells). Set the column's type to categorical, or add the text to its missing values.",
    "列“{column}”是数值列，但第 {row} 行是“{value}”（共 {count} 个这样的单元格）。请把列类型改为类别，或把该文本加入缺失标记。",
  ],
  "data.not_a_date": [
    "Column '{column}' holds dates, but row {row} holds '{value}' ({count} such cells). Correct the cells, or change the column's type or date format.",
    "列“{column}”是日期列，但第 {row} 行是“{value}”（共 {count} 个这样的单元格）。请改正，或修改列的类型或日期格式。",
  ],
  "data.no_words": [
    "The training rows of '{column}' have no words that can be counted. Choose another way of splitting, a lower number of texts a word must be in, or another column.",
    "“{column}”的训练行中没有可计数的词。请换一种切分方式，降低词至少出现的文本数，或选择其他列。",
  ],
  "data.text_not_encoded": [
    "Column '{column}' is text and still words. Add a step that makes numbers of it (bag_of_words or token_sequence), or ignore it.",
    "列“{column}”是文本，仍为文字。请添加把它变成数值的步骤（bag_of_words 或 token_sequence），或忽略它。",
  ],
  "data.idx_damaged": [
    "{file} begins like an idx file but does not go on like one. Expected {expected}, received {received}. Fetch the file again.",
    "{file} 的开头像 idx 文件，但内容不完整。应为 {expected}，实际为 {received}。请重新获取该文件。",
  ],
  "data.idx_labels_differ": [
    "{file} has {pictures} pictures, but the file of labels has {labels}. Choose the labels that belong to these pictures.",
    "{file} 有 {pictures} 张图片，但标签文件有 {labels} 个标签。请选择与这些图片对应的标签。",
  ],
  "data.files_unrelated": [
    "{first} and {second} were chosen together, but they are not pictures and their labels (two idx files, as MNIST has them). Choose one file, or that pair.",
    "{first} 与 {second} 被一起选择，但它们不是图片及其标签（如 MNIST 的两个 idx 文件）。请只选一个文件，或选择这样的一对。",
  ],
  "data.too_many_files": [
    "{count} files are too many: {most} at most can be one data set.",
    "{count} 个文件太多：一个数据集最多可由 {most} 个文件组成。",
  ],
  "data.given_files_differ": [
    "{file} lacks columns that {first} has: {columns}. Files of one data set need the same columns.",
    "{file} 缺少 {first} 具有的列：{columns}。同一数据集的各文件必须有相同的列。",
  ],
  "data.join_no_key": [
    "{file} has no column {column} to join by. Its columns: {columns}.",
    "{file} 没有用于连接的列 {column}。它的列为：{columns}。",
  ],
  "data.join_nothing_matches": [
    "No row of {file} has a partner in {partner}: column {column} holds “{value}”, and {partner} “{name}”. Choose another column.",
    "{file} 中没有一行能在 {partner} 中找到对应项：列 {column} 的值如“{value}”，而 {partner} 中为“{name}”。请选择其他列。",
  ],
  "data.join_key_repeated": [
    "{file} has {count} rows with “{value}” in {column}: which of them belongs to a row cannot be told. Each key may stand there once. Perhaps the two tables are the wrong way round.",
    "{file} 中有 {count} 行在列 {column} 的值为“{value}”，无法判断哪一行对应。每个键只能出现一次。也许两个表的次序反了。",
  ],
  "data.join_picture_ambiguous": [
    "“{value}” names two pictures of {file}: {first} and {second}. Write the folder in the table as well.",
    "“{value}” 对应 {file} 中的两张图片：{first} 与 {second}。请在表中同时写出文件夹。",
  ],
  "data.join_partner_missing": [
    "{count} rows of {file} name in {column} what {partner} does not have: {names}. Every row needs a partner here.",
    "{file} 有 {count} 行在列 {column} 中的值在 {partner} 中不存在：{names}。此处每行都必须有对应项。",
  ],
  "data.join_unmatched": [
    "{count} rows of {file} were left out: what they name in {column} is not in {partner}: {names}.",
    "{file} 有 {count} 行被略去：列 {column} 中的值在 {partner} 中不存在：{names}。",
  ],
  "data.join_unmatched_rows": [
    "{count} rows of {file} have no partner in {partner} by {column} and nothing in its columns: {names}.",
    "{file} 有 {count} 行按列 {column} 在 {partner} 中找不到对应项，其各列为空：{names}。",
  ],
  "data.join_unused": ["No row names {count} of {partner}: {names}.", "{partner} 中有 {count} 项没有任何行引用：{names}。"],
  "data.folder_in_browser": [
    "{name} is a folder, which a browser does not hand over. Pack it as a zip and drop that, or drop the folder on Neuroloom's own window.",
    "{name} 是文件夹，浏览器无法传递。请打包为 zip 后再拖入，或把文件夹拖到 Neuroloom 自己的窗口中。",
  ],
  "data.picture_unknown": [
    "There is no picture number {number} in this data set: it has {count}, counted from 0.",
    "此数据集中没有编号为 {number} 的图片：共 {count} 张，从 0 开始编号。",
  ],
  "data.parquet_damaged": [
    "{file} begins like a Parquet file but cannot be read: {reason}. Fetch the file again, or save the table as CSV.",
    "{file} 的开头像 Parquet 文件，但无法读取：{reason}。请重新获取该文件，或把表格另存为 CSV。",
  ],
  "data.json_lines_damaged": [
    "{file} begins with a line of JSON but does not go on so: {reason}. Every line must be one object.",
    "{file} 以一行 JSON 开头，但后面并非如此：{reason}。每一行都应是一个对象。",
  ],
  "data.picture_broken": [
    "{name} in {file} cannot be read as a picture: {reason} ({count} such files). A prediction is wanted for every picture: take it out, or repair it.",
    "{file} 中的 {name} 无法作为图片读取：{reason}（共 {count} 个这样的文件）。每张图片都需要预测：请移除或修复。",
  ],
  "data.picture_size_differs": [
    "The pictures of {file} are {received} (height × width × channels), but the model was trained on {expected}. Resize them, or give them as files of pictures: those are resized.",
    "{file} 的图片为 {received}（高 × 宽 × 通道），而模型训练用的是 {expected}。请调整大小，或以图片文件的形式提供：会自动缩放。",
  ],
  "data.no_pictures": [
    "No picture in {file} can be read ({broken} are damaged). Expected PNG, JPEG, WebP, GIF or TIFF, in one folder a class or with a table of labels.",
    "{file} 中没有可读的图片（{broken} 个文件已损坏）。支持 PNG、JPEG、WebP、GIF、TIFF：每类一个文件夹，或附带标签表。",
  ],
  "data.too_many_pixels": [
    "The {pictures} pictures of {file} would take {megabytes} MB in memory. Use fewer pictures, or choose a smaller size.",
    "{file} 的 {pictures} 张图片需要 {megabytes} MB 内存。请减少图片或选择更小的尺寸。",
  ],
  "data.zip_damaged": [
    "{file} cannot be unpacked: {reason}. Pack it again, or choose the folder itself.",
    "{file} 无法解包：{reason}。请重新打包，或直接选择文件夹。",
  ],
  "data.zip_bomb": [
    "{entry} in {file} would unpack to {bytes} bytes, which no picture does. The archive was not read.",
    "{file} 中的 {entry} 解包后有 {bytes} 字节，不可能是图片。未读取该压缩包。",
  ],
  "data.pictures_broken": [
    "{count} files of {file} cannot be read as pictures and were left out: {names}.",
    "{file} 中有 {count} 个文件无法作为图片读取，已跳过：{names}。",
  ],
  "data.pictures_missing": [
    "The pixels of this data set are gone: {file} is not there. Import the pictures again.",
    "此数据集的像素文件不存在：{file}。请重新导入图片。",
  ],
  "data.pictures_damaged": [
    "The file with the pixels of this data set is damaged: {file}. Import the pictures again.",
    "此数据集的像素文件已损坏：{file}。请重新导入图片。",
  ],
  "data.window_needs_time_split": [
    "Windows of a series need the last rows held out, but the split is {method}: by chance, rows of the future would be learnt from. Set the split to time.",
    "时间序列的窗口要求留出最后的行，但当前划分方式为 {method}：随机划分会让模型学到未来的数据。请把划分改为按时间。",
  ],
  "data.window_needs_numbers": [
    "Windows are made of numbers, but column '{column}' is {received} after the steps. Choose numeric columns.",
    "窗口由数值构成，但列“{column}”经过各步骤后为 {received}。请选择数值列。",
  ],
  "data.window_too_long": [
    "A window of {length} rows, {horizon} ahead, does not fit into {rows} rows. Choose a shorter window, or hold out fewer rows.",
    "长度 {length}、预测步长 {horizon} 的窗口放不进 {rows} 行。请缩短窗口或减少留出的行。",
  ],
  "data.window_value_missing": [
    "Row {row} of '{column}' has no value, and windows reach over it. Choose how gaps are filled, or fill the gap in the data.",
    "“{column}”第 {row} 行没有值，而窗口会跨过它。请选择间断的填补方式，或补全数据。",
  ],
  "data.window_nothing_known": [
    "No window of {columns} over these {rows} rows holds a known value and has a target to learn. Choose another way to fill gaps, or look at the column.",
    "在这 {rows} 行中，{columns} 没有任何既有已知值又有目标的窗口。请换一种填补间断的方式，或检查该列。",
  ],
  "data.window_time_missing": [
    "Row {row}, in the order of time, has no time itself or follows one without: gaps cannot be told. Fill in the column that tells the time, or leave such rows out with a filter.",
    "按时间排序的第 {row} 行（或其前一行）没有时间，无法判断间断。请补全时间列，或用筛选去掉这些行。",
  ],
  "data.window_gap_too_long": [
    "The gaps before row {row}, in the order of time, would take {places} filled rows for {rows} rows of data. Look for a wrong date there, or do not fill gaps.",
    "按时间排序的第 {row} 行之前的间断需要填补 {places} 行，而数据只有 {rows} 行。请检查那里的日期，或不填补间断。",
  ],
  "data.order_not_numbers": [
    "Rows are to be sorted by '{column}', which is {received}. Choose a column of dates or numbers.",
    "行应按“{column}”排序，但它是 {received}。请选择日期列或数值列。",
  ],
  "data.components_need_values": [
    "Principal components need every value, but row {row} of '{column}' has none. Put the step that fills in missing values before.",
    "主成分需要所有的值，但“{column}”第 {row} 行没有值。请把填补缺失值的步骤放在前面。",
  ],
  "data.picture_not_encoded": [
    "Column '{column}' holds pictures. Add the step picture for it, or ignore it.",
    "列“{column}”是图片。请为它添加 picture 步骤，或忽略它。",
  ],
  "data.feature_not_encoded": [
    "Column '{column}' is categorical and still words. Under Data, choose an Encoding for it (one-hot or ordinal), or ignore the column.",
    "列“{column}”是类别列，仍为文字。请在“数据”中为它选择“编码”（独热或序数），或忽略该列。",
  ],
  "data.date_not_encoded": [
    "Column '{column}' is a date. Under Data, tick the Parts of the date to learn from, or ignore the column.",
    "列“{column}”是日期。请在“数据”中勾选要使用的“日期的各部分”，或忽略该列。",
  ],
  "data.values_missing": [
    "Column '{column}' has {count} missing values, the first in row {row}. Under Data, choose what fills them in (Missing values), or ignore the column.",
    "列“{column}”有 {count} 个缺失值，第一个在第 {row} 行。请在“数据”中为它选择“缺失值”的填补方式，或忽略该列。",
  ],
  "data.value_not_finite": [
    "Column '{column}', row {row}: the value is too large for a 32-bit number. Under Data, choose a Scaling (standardise) or the Logarithm for it, or correct the value.",
    "列“{column}”第 {row} 行：数值超出 32 位浮点数的范围。请在“数据”中为它选择“缩放”（标准化）或“对数”，或改正该值。",
  ],
  "data.too_many_categories": [
    "Column '{column}' has {categories} categories; one-hot takes at most {limit}. Ignore the column (ids and free text say nothing about new rows), or set its Encoding to ordinal under Data.",
    "列“{column}”有 {categories} 个类别；独热编码最多 {limit} 个。请忽略该列（编号和自由文本对新数据没有意义），或在“数据”中把“编码”改为“序数”。",
  ],
  "data.no_features": [
    "No column is left to learn from. Set the role of at least one column to feature.",
    "没有可用于学习的列。请至少把一列的角色设为特征。",
  ],
  "data.input_size_mismatch": [
    "The input expects {shape} = {expected} numbers per row; the feature columns give {received}. Change the input's shape or the columns.",
    "输入节点每行需要 {shape} = {expected} 个数，特征列给出 {received} 个。请修改输入的形状或所用的列。",
  ],
  "data.no_rows": ["There are no rows. Expected at least one.", "没有任何数据行。至少需要一行。"],
  "data.too_few_rows": [
    "There is {rows} row; a split into training and validation needs at least 2. Add rows, or set the split to none.",
    "只有 {rows} 行；划分训练和验证至少需要 2 行。请增加数据，或把划分设为“无”。",
  ],
  "data.stratified_needs_classes": [
    "A stratified split needs a target of classes. Set the split to random.",
    "分层划分需要类别目标。请把划分改为随机。",
  ],
} satisfies Catalogue;

const targetErrors = {
  "data.no_target": [
    "No column is the target. Set the role of the column to be predicted to target.",
    "没有目标列。请把要预测的列的角色设为目标。",
  ],
  "data.target_one_value": [
    "The target '{column}' has only one value, {value}: there is nothing to learn. Choose another target.",
    "目标“{column}”只有一个值 {value}：没有可学的内容。请选择其他目标。",
  ],
  "data.target_all_missing": [
    "The target '{column}' is missing in every row. Choose another target or fill it in.",
    "目标“{column}”在所有行中都缺失。请选择其他目标或补全它。",
  ],
  "data.target_not_numeric": [
    "The loss takes numbers, but the target '{column}' is {received}. Choose a loss for classes (cross-entropy) or a numeric target.",
    "该损失需要数值，但目标“{column}”是 {received}。请选择用于类别的损失（交叉熵），或数值目标。",
  ],
  "data.target_width_mismatch": [
    "The target has {columns} columns ({names}), the network puts out {width} numbers. Set the units of the last layer to {columns}.",
    "目标有 {columns} 列（{names}），网络输出 {width} 个数。请把最后一层的单元数设为 {columns}。",
  ],
  "data.class_count_mismatch": [
    "The target '{column}' has {classes} classes, the network puts out {width} numbers. Set the units of the last layer to {classes} (for two classes also 1, with sigmoid and binary cross-entropy).",
    "目标“{column}”有 {classes} 个类别，网络输出 {width} 个数。请把最后一层的单元数设为 {classes}（两个类别时也可设为 1，配合 sigmoid 和二元交叉熵）。",
  ],
  "data.labels_not_two_valued": [
    "Several target columns must share the same two values (0 and 1); {columns} have: {values}. Choose other columns or another loss.",
    "多个目标列必须共用同样的两个值（0 和 1）；{columns} 的取值有：{values}。请选择其他列或其他损失。",
  ],
  "data.target_too_many_classes": [
    "The target '{column}' has more than {limit} different values or is a date: these are no classes. Choose another target or a loss for numbers.",
    "目标“{column}”有超过 {limit} 个不同的值，或是日期：不能作为类别。请选择其他目标，或用于数值的损失。",
  ],
  "data.unknown_class": [
    "Column '{column}', row {row}: '{value}' is no class the model knows. Known: {known}. Correct the value or train again with it.",
    "列“{column}”第 {row} 行：“{value}”不是模型已知的类别。已知：{known}。请改正该值，或用它重新训练。",
  ],
  "data.target_input_unknown": [
    "The output's target is the input '{input}', which is not in the design. Choose an input.",
    "输出的目标是输入“{input}”，但设计中没有它。请选择一个输入。",
  ],
  "data.target_input_needs_numbers": [
    "The target is an input, which is numbers; this loss takes {encodings}. Choose mse, mae or binary cross-entropy.",
    "目标是输入，即数值；该损失需要 {encodings}。请选择 mse、mae 或二元交叉熵。",
  ],
  "data.unknown_output": [
    "The model has no output '{node}'. Use the model with the design it was trained with.",
    "模型没有输出“{node}”。请使用训练该模型的设计。",
  ],
} satisfies Catalogue;

const stepErrors = {
  "data.unknown_step": ["There is no step '{step}'. Known: {known}.", "没有步骤“{step}”。可用：{known}。"],
  "data.step_unknown_column": [
    "Step {step} names the column '{column}', which the design does not have. Correct the name.",
    "步骤 {step} 使用的列“{column}”不在设计中。请改正列名。",
  ],
  "data.step_wrong_column": [
    "Step {step} takes columns of the kind {expected}; '{column}' is {received} at that place. Change the column's type or the order of the steps.",
    "步骤 {step} 接受 {expected} 类的列；此处“{column}”是 {received}。请修改列的类型或步骤的顺序。",
  ],
  "data.several_weights": [
    "Several columns are weights of the rows: {columns}. Only one can be; give the others another role.",
    "有多列被设为行权重：{columns}。只能有一列，请为其余各列选择其他角色。",
  ],
  "data.weight_not_numeric": [
    "The weights of the rows are to come from '{column}', which holds {received} values. Expected numbers: choose a numeric column, or set its type.",
    "行权重应取自“{column}”，但它的内容是 {received}。应为数值：请选择数值列，或更改其类型。",
  ],
  "data.weight_not_valid": [
    "The weight of row {row} in '{column}' is {value}. Expected a number of 0 or more in every row: correct it, or leave the row out.",
    "“{column}”第 {row} 行的权重为 {value}。每行都应是大于等于 0 的数：请更正，或去掉该行。",
  ],
  "data.weights_all_zero": [
    "All weights in '{column}' are 0, so no row would count. Expected some above 0 among the training rows and among the validation rows.",
    "“{column}”中的权重全为 0，没有任何行起作用。训练行与验证行中都应有大于 0 的权重。",
  ],
  "data.weight_as_feature": [
    "'{column}' holds the weights of the rows, and this node asks for it by name. Weights are never shown to the network: take the column out here, or give it another role.",
    "“{column}”是行权重，而此节点按名称使用了它。权重绝不会提供给网络：请在此移除该列，或为其选择其他角色。",
  ],
  "data.step_on_weight": [
    "The step '{step}' names '{column}', which holds the weights of the rows. Weights are used as they are: take the column out of the step.",
    "步骤“{step}”包含“{column}”，而它是行权重。权重按原值使用：请把该列从步骤中移除。",
  ],
  "data.step_not_for_targets": [
    "Step {step} cannot be undone, so it cannot be used on the target '{column}'. Use log1p, standardise or min_max, or take the target out of the step.",
    "步骤 {step} 不可逆，不能用于目标“{column}”。请使用 log1p、standardise 或 min_max，或把目标从该步骤中去掉。",
  ],
  "data.target_step_on_classes": [
    "The target '{column}' is used as classes, so step {step} cannot change it. Take it out of the step.",
    "目标“{column}”作为类别使用，步骤 {step} 不能改变它。请把它从该步骤中去掉。",
  ],
  "data.step_not_fitted": [
    "Step {step} has learnt nothing about the column '{column}'. Use the model with the design it was trained with.",
    "步骤 {step} 没有学过列“{column}”。请使用训练该模型的设计。",
  ],
  "data.impute_wrong_strategy": [
    "Column '{column}' is {type}: impute cannot use {strategy} there. Use {allowed}.",
    "列“{column}”是 {type}：impute 在此不能用 {strategy}。可用：{allowed}。",
  ],
  "data.column_all_missing": [
    "Column '{column}' has no value in the training rows, so there is no {strategy}. Ignore the column or fill in a constant.",
    "列“{column}”在训练行中没有任何值，无法求 {strategy}。请忽略该列，或填入常数。",
  ],
  "data.min_max_bounds": [
    "Column '{column}': the upper bound ({upper}) must be above the lower one ({lower}).",
    "列“{column}”：上界（{upper}）必须大于下界（{lower}）。",
  ],
  "data.log1p_out_of_range": [
    "Column '{column}' holds {value}; ln(1 + x) needs values above −1. Use standardise, or correct the value.",
    "列“{column}”中有 {value}；ln(1 + x) 要求值大于 −1。请改用 standardise，或改正该值。",
  ],
  "data.not_a_month": [
    "Column '{column}' holds '{value}', which is no month (July, Jul, 7月). Use one_hot or correct the value.",
    "列“{column}”中的“{value}”不是月份（July、Jul、7月）。请使用 one_hot，或改正该值。",
  ],
  "data.no_date_parts": [
    "Step date_parts of column '{column}' has no part switched on. Choose at least one of year, month, day, weekday, hour.",
    "列“{column}”的 date_parts 步骤没有选择任何部分。请至少选择年、月、日、星期、小时之一。",
  ],
  "data.unknown_builtin": ["There is no built-in data set '{name}'. Known: {known}.", "没有内置数据集“{name}”。可用：{known}。"],
  "data.generator_option": [
    "{generator}: {option} must be {min} … {max} (a whole number, except noise), received {received}.",
    "{generator}：{option} 应为 {min} … {max}（除 noise 外为整数），收到的是 {received}。",
  ],
  "data.generator_option_unknown": [
    "{generator} has no option '{option}'. Its options are: {known}.",
    "{generator} 没有选项“{option}”。可用选项：{known}。",
  ],
} satisfies Catalogue;

export const dataErrors = { ...fileErrors, ...warnings, ...columnErrors, ...targetErrors, ...stepErrors } satisfies Catalogue;
