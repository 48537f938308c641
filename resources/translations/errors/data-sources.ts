/** Texts of what data come in besides plain tables: idx files, pictures, JSON, Parquet, archives, and several files joined to one data set. */
import type { Catalogue } from "../translate.ts";

export const dataSourceErrors = {
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
  "data.join_two_pictures": [
    "{file} has pictures too: a row shows one picture. Put all of them into one folder or archive, or leave one file out.",
    "{file} 中也有图片：每行只能对应一张图片。请将图片放入同一文件夹或压缩包，或去掉其中一个文件。",
  ],
  "data.join_nothing_matches": [
    "No row of {file} has a partner in {partner}: column {column} holds “{value}”, and {partner} “{name}”. Choose another column.",
    "{file} 中没有一行能在 {partner} 中找到对应项：列 {column} 的值如“{value}”，而 {partner} 中为“{name}”。请选择其他列。",
  ],
  "data.join_key_repeated": [
    "{file} has {count} {count|row|rows} with “{value}” in {column}: which of them belongs to a row cannot be told. Each key may stand there once. Perhaps the two tables are the wrong way round.",
    "{file} 中有 {count} 行在列 {column} 的值为“{value}”，无法判断哪一行对应。每个键只能出现一次。也许两个表的次序反了。",
  ],
  "data.join_picture_ambiguous": [
    "“{value}” names two pictures of {file}: {first} and {second}. Write the folder in the table as well.",
    "“{value}” 对应 {file} 中的两张图片：{first} 与 {second}。请在表中同时写出文件夹。",
  ],
  "data.picture_tables_differ": [
    "Of {name}, {file} says {first} and {other} says {second} in the column {column}. Correct one of the tables, or name the columns differently.",
    "关于 {name} 的“{column}”列，{file} 为 {first}，{other} 为 {second}。请更正其中一个表，或使用不同的列名。",
  ],
  "data.label_table_too_large": [
    "{file} names the pictures, and has {megabytes} MB: a table of labels may have {most} MB at most. Leave out columns that are no labels, or join it to the pictures as a table of its own.",
    "{file} 列出了图片，但有 {megabytes} MB：标签表最大为 {most} MB。请去掉不是标签的列，或将它作为单独的表与图片合并。",
  ],
  "data.picture_labels_differ": [
    "“{name}” stands more than once in {file}, with different labels: {first} and {second}. Leave one of the rows, or write the folder with each.",
    "“{name}” 在 {file} 中出现多次，标签不同：{first} 与 {second}。请只保留一行，或在每行写出文件夹。",
  ],
  "data.join_partner_missing": [
    "{count} {count|row|rows} of {file} {count|names|name} in {column} what {partner} does not have: {names}. Every row needs a partner here.",
    "{file} 有 {count} 行在列 {column} 中的值在 {partner} 中不存在：{names}。此处每行都必须有对应项。",
  ],
  "data.join_unmatched": [
    "{count} {count|row|rows} of {file} {count|was|were} left out: what {count|it names|they name} in {column} is not in {partner}: {names}.",
    "{file} 有 {count} 行被略去：列 {column} 中的值在 {partner} 中不存在：{names}。",
  ],
  "data.join_unmatched_rows": [
    "{count} {count|row|rows} of {file} {count|has|have} no partner in {partner} by {column} and nothing in its columns: {names}.",
    "{file} 有 {count} 行按列 {column} 在 {partner} 中找不到对应项，其各列为空：{names}。",
  ],
  "data.join_unused": ["No row names {count} of {partner}: {names}.", "{partner} 中有 {count} 项没有任何行引用：{names}。"],
  "data.folder_unreadable": [
    "The files of the folder {name} could not be listed: {reason}. Look whether it is still there, or pack it as a zip and drop that.",
    "无法列出文件夹 {name} 中的文件：{reason}。请检查它是否仍在，或打包为 zip 后再拖入。",
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
  "data.json_array_damaged": [
    "{file} begins as a list of objects in JSON but does not go on so: {reason}. Every entry must be one object; fetch the file again where it is cut off.",
    "{file} 以 JSON 对象列表开头，但后面并非如此：{reason}。每一项都应是一个对象；若文件被截断，请重新获取。",
  ],
  "data.json_not_records": [
    'The JSON of {file} is no table: a list of objects, one for each row, or a line with one object for each row was expected. From pandas, save it with orient="records".',
    '{file} 中的 JSON 不是表格：应为对象列表（每行数据一个对象），或每行一个对象。用 pandas 保存时请使用 orient="records"。',
  ],
  "data.picture_broken": [
    "The picture {name} in {file} cannot be read: {picture_fault}; {count} in all {count|is|are} so. A prediction is wanted for every picture: take it out, or repair it.",
    "无法读取 {file} 中的图片 {name}：{picture_fault}；这样的共 {count} 张。每张图片都需要预测：请移除或修复。",
  ],
  "data.picture_size_differs": [
    "The pictures of {file} are {received} (height × width × channels), but the model was trained on {expected}. Resize them, or give them as files of pictures: those are resized.",
    "{file} 的图片为 {received}（高 × 宽 × 通道），而模型训练用的是 {expected}。请调整大小，或以图片文件的形式提供：会自动缩放。",
  ],
  "data.no_pictures": [
    "No picture in {file} can be read ({broken} are damaged). Expected PNG, JPEG, WebP, GIF or TIFF, in one folder a class or with a table of labels.",
    "{file} 中没有可读的图片（{broken} 个文件已损坏）。支持 PNG、JPEG、WebP、GIF、TIFF：每类一个文件夹，或附带标签表。",
  ],
  "data.pictures_over_disk": [
    "The {pictures} pictures of {file}, {shape} each, take {megabytes} MB on the disk of the library, where {free} MB are free. Free some space, use fewer pictures, or choose a smaller size.",
    "{file} 的 {pictures} 张图片（每张 {shape}）在资料库所在磁盘上需要 {megabytes} MB，而可用空间为 {free} MB。请腾出空间、减少图片或选择更小的尺寸。",
  ],
  "data.no_pixel_columns": [
    "No columns of {file} are named as pixels are (pixel_0_0, 1x1, pixel0 …): {columns}. Say the shape, as in --pixels 8x8, to take all columns of numbers.",
    "{file} 中没有按像素命名的列（pixel_0_0、1x1、pixel0 …）：{columns}。请给出形状（如 --pixels 8x8），以使用所有数值列。",
  ],
  "data.folder_without_data": [
    "The folder {file} ({count} {count|file|files}: {names}) holds no table, no pictures, no folders of .txt files and no .pos and .neg files. Choose a folder with tables, or with a folder for each class.",
    "文件夹 {file}（{count} 个文件：{names}）中没有表格和图片，没有装有 .txt 文件的文件夹，也没有 .pos 与 .neg 文件。请选择含有表格的文件夹，或每类一个子文件夹的文件夹。",
  ],
  "data.archive_without_data": [
    "The archive {file} ({count} {count|file|files}: {names}) holds no table, no pictures and no folders of .txt files.",
    "压缩包 {file}（{count} 个文件：{names}）中没有表格、图片，也没有装有 .txt 文件的文件夹。",
  ],
  "data.archive_of_tables": [
    "{file} holds {count} tables: {names}. Say which one is meant (on the command line with --sheet NAME, or {file}#NAME where it is joined), or choose several of them together to join them.",
    "{file} 中有 {count} 个表格：{names}。请指明使用哪一个（命令行用 --sheet 名称；合并时用 {file}#名称），或一起选择其中多个以合并。",
  ],
  "data.archive_no_table": ["{file} holds no table {table}. It has: {names}.", "{file} 中没有名为 {table} 的表格。其中有：{names}。"],
  "data.pictures_left_out": [
    "The tables of {file} were read; {count} {count|picture|pictures} beside them {count|was|were} left out: {names}. To read the pictures instead, choose them beside the name of the data set (--sheet {sheet} on the command line).",
    "读取了 {file} 中的表格；其旁边的 {count} 张图片未被使用：{names}。如要改为读取图片，请在数据集名称旁选择（命令行用 --sheet {sheet}）。",
  ],
  "data.sheet_taken": [
    "Of {file}, which has several sheets or tables ({names}), {sheet} was read. Another one can be chosen while joining (on the command line with {file}#NAME).",
    "{file} 中有多个工作表或表格（{names}），读取的是 {sheet}。合并时可以选择另一个（命令行用 {file}#名称）。",
  ],
  "data.archive_over_disk": [
    "{entry} in the archive {file} takes {megabytes} MB when it is unpacked, and {free} MB of the disk are free. Free some space and try again.",
    "压缩包 {file} 中的 {entry} 解包后需要 {megabytes} MB，而磁盘可用空间为 {free} MB。请腾出空间后重试。",
  ],
  "data.zip_damaged": [
    "The archive {file} is damaged: the list of what is in it cannot be read. Download or copy it again, pack it anew, or choose the unpacked folder.",
    "压缩包 {file} 已损坏：无法读取其文件列表。请重新下载或复制、重新打包，或直接选择解包后的文件夹。",
  ],
  "data.zip_cut_off": [
    "The archive {file} is cut off: its end is missing. Download or copy it again, and look whether it has its whole size.",
    "压缩包 {file} 不完整：缺少结尾部分。请重新下载或复制，并检查文件大小是否完整。",
  ],
  "data.zip_entry_damaged": [
    "In the archive {file} the file {entry} is damaged and cannot be unpacked. Download or copy the archive again, pack it anew, or choose the unpacked folder.",
    "压缩包 {file} 中的 {entry} 已损坏，无法解包。请重新下载或复制该压缩包、重新打包，或直接选择解包后的文件夹。",
  ],
  "data.zip_climbs": [
    "In the archive {file} a file is named {entry}: it would be unpacked outside of its folder, so nothing of the archive was read. Pack it anew without such paths.",
    "压缩包 {file} 中有名为 {entry} 的文件：它会被解包到目标文件夹之外，因此整个压缩包均未读取。请不带此类路径重新打包。",
  ],
  "data.zip_locked": [
    "The archive {file} is locked by a password. Unpack it with that password, and choose the folder.",
    "压缩包 {file} 有密码保护。请先用密码解包，再选择解包后的文件夹。",
  ],
  "data.zip_in_parts": [
    "The archive {file} is one of several parts of an archive. Put the parts together with the program that made them, unpack it, and choose the folder.",
    "压缩包 {file} 是分卷压缩的其中一卷。请用原程序合并各分卷并解包，再选择解包后的文件夹。",
  ],
  "data.zip_packing": [
    "In the archive {file} the file {entry} is packed in a way that is not read here. Pack it anew as an ordinary zip, or choose the unpacked folder.",
    "压缩包 {file} 中的 {entry} 采用了此处不支持的压缩方式。请重新打包为普通 zip，或直接选择解包后的文件夹。",
  ],
  "data.tar_damaged": [
    "The archive {file} is damaged at byte {byte}. Download or copy it again, pack it anew, or choose the unpacked folder.",
    "压缩包 {file} 在第 {byte} 字节处损坏。请重新下载或复制、重新打包，或直接选择解包后的文件夹。",
  ],
  "data.tar_cut_off": [
    "The archive {file} is cut off: it ends at byte {byte}, in the middle of {entry}. Download or copy it again.",
    "压缩包 {file} 不完整：在第 {byte} 字节处、{entry} 的中间结束。请重新下载或复制。",
  ],
  "data.zip_bomb": [
    "{entry} in {file} would unpack to {megabytes} MB, more than is taken out of an archive. It was not read: unpack it yourself if you trust it.",
    "{file} 中的 {entry} 解包后有 {megabytes} MB，超出可从压缩包中取出的大小。未读取：如信任该文件，请自行解包。",
  ],
  "data.workbook_too_large": [
    "{entry} in the workbook {file} takes {megabytes} MB when it is unpacked, more than is read of one. Save the sheet as CSV in your spreadsheet program and import that.",
    "工作簿 {file} 中的 {entry} 解包后有 {megabytes} MB，超出可读取的大小。请在电子表格程序中把该工作表另存为 CSV，再导入。",
  ],
  "data.pictures_broken": [
    "{count} {count|picture|pictures} of {file} {count|is|are} damaged, cannot be read and {count|was|were} left out (in brackets what the decoder says): {names}.",
    "{file} 中有 {count} 张图片已损坏，无法读取，已跳过（括号内为解码器的原文）：{names}。",
  ],
  "data.pictures_not_pictures": [
    "{count} {count|file|files} of {file} {count|is|are} named like a picture, {count|is|are} none and {count|was|were} left out: {names}.",
    "{file} 中有 {count} 个文件名为图片但不是图片，已跳过：{names}。",
  ],
  "data.pictures_cut_off": [
    "{count} {count|picture|pictures} of {file} {count|ends|end} too early (the file is cut off) and {count|was|were} left out (in brackets what the decoder says): {names}. Copy {count|it|them} again.",
    "{file} 中有 {count} 张图片不完整（文件被截断），已跳过（括号内为解码器的原文）：{names}。请重新复制。",
  ],
  "data.pictures_too_large": [
    "{count} {count|picture|pictures} of {file} {count|has|have} more than 100 million pixels and {count|was|were} left out: {names}. Make {count|it|them} smaller first.",
    "{file} 中有 {count} 张图片超过一亿像素，已跳过：{names}。请先缩小。",
  ],
  "data.pictures_no_size": [
    "{count} {count|picture|pictures} of {file} {count|is|are} empty or {count|has|have} no width or height, and {count|was|were} left out: {names}.",
    "{file} 中有 {count} 张图片为空或宽高为零，已跳过：{names}。",
  ],
  "data.pictures_not_read": [
    "{count} {count|picture|pictures} of {file} {count|is|are} of a kind that is not read and {count|was|were} left out: {names}. PNG, JPEG, WebP, GIF and TIFF are read: convert {count|it|them} first.",
    "{file} 中有 {count} 张图片的格式不受支持，已跳过：{names}。支持 PNG、JPEG、WebP、GIF 和 TIFF：请先转换。",
  ],
  "data.pictures_gone": [
    "{count} {count|picture|pictures} of {file} could no longer be opened and {count|was|were} left out: {names}. Check that the files are still there, and import them again.",
    "{file} 中有 {count} 张图片已无法打开，已跳过：{names}。请确认文件仍在，然后重新导入。",
  ],
  "data.pictures_without_labels": [
    "The {count} pictures of {file} have no labels, so there is nothing to predict yet. Choose the file again together with its labels: both at once, {file} and {labels}.",
    "{file} 的 {count} 张图片没有标签，因此还没有可预测的内容。请同时选择这两个文件重新导入：{file} 与 {labels}。",
  ],
  "data.label_tables_united": [
    "The labels of {count} tables were put together (in brackets how many pictures each names): {names}.",
    "已合并 {count} 个标签表（括号内为各表列出的图片数）：{names}。",
  ],
  "data.label_columns_lacking": [
    "{count} {count|picture|pictures} {count|is|are} named by some of the tables only ({file}): what the others say is missing for {names}.",
    "有 {count} 张图片只出现在部分标签表中（{file}），其余表的列在这些图片上缺失：{names}。",
  ],
  "data.pictures_not_in_table": [
    "{count} {count|picture|pictures} {count|is|are} not named in {file} and {count|has|have} no label: {names}.",
    "{file} 中没有列出 {count} 张图片，它们没有标签：{names}。",
  ],
  "data.pictures_of_table_missing": [
    "{count} {count|row|rows} of {file} {count|names|name} no picture that is there and {count|was|were} left out: {names}.",
    "{file} 中有 {count} 行找不到对应的图片，已略去：{names}。",
  ],
  "data.folders_are_parts": [
    "The folders {names} of '{file}' are read as parts of the split (column '{column}'), not as classes.",
    "“{file}”中的文件夹 {names} 被视为划分的各部分（列“{column}”），而不是类别。",
  ],
  "data.folders_parts_only": [
    "The folders {names} of '{file}' are parts of a split, and none of them has folders of classes: there is nothing to predict yet. Put a folder for each class into each of them.",
    "“{file}”中的文件夹 {names} 是划分的各部分，其中都没有类别文件夹：还没有可预测的内容。请在每个文件夹中为每个类别建一个文件夹。",
  ],
  "data.library_pictures": [
    "'{name}' holds pictures: only tables of the library can be joined with others so far. Give its file or folder again.",
    "“{name}”包含图片：目前库中只有表格可以与其他数据合并。请重新选择它的文件或文件夹。",
  ],
  "data.pictures_missing": [
    "The pixels of this data set are gone: {file} is not there. Import the pictures again.",
    "此数据集的像素文件不存在：{file}。请重新导入图片。",
  ],
  "data.pixels_do_not_fit": [
    "{height} × {width} × {channels} pixels are {pixels}, but {columns} columns were chosen. Choose other sides, or other columns.",
    "{height} × {width} × {channels} 共 {pixels} 个像素，但选择了 {columns} 列。请修改尺寸或另选列。",
  ],
  "data.pixel_missing": [
    "Row {row} has no value in the pixel column '{column}', so its picture cannot be made. Fill it in, or leave such rows out of the file.",
    "第 {row} 行的像素列“{column}”没有值，无法组成图片。请补全，或从文件中去掉这些行。",
  ],
  "data.pictures_damaged": [
    "The file with the pixels of this data set is damaged: {file}. Import the pictures again.",
    "此数据集的像素文件已损坏：{file}。请重新导入图片。",
  ],
} satisfies Catalogue;
