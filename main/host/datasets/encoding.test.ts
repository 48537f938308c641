/** Encodings: a right result with a warning that shows it, or a refusal; never wrong letters without a word. */
import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { encodingOfHead, wholeCharacters } from "./encoding.ts";

const hasIconv = spawnSync("iconv", ["--version"]).status === 0;
if (!hasIconv) process.stderr.write("SKIPPED: tests of encodings need the program iconv, which is not here\n");

/** Encoders are not part of Node. */
const encode = (text: string, encoding: string): Buffer => execFileSync("iconv", ["-f", "UTF-8", "-t", encoding], { input: text });
const guessOf = (text: string, encoding: string): string | null => encodingOfHead(encode(text, encoding))?.encoding ?? null;

describe.skipIf(!hasIconv)("encodingOfHead", () => {
  it("tells Chinese, Japanese, Korean and Western texts, from a few words on", () => {
    expect(guessOf("姓名,年龄,城市\n王小明,31,北京\n李雷,28,上海\n", "GB18030")).toBe("gb18030");
    expect(guessOf("性别,数\n男,1\n女,2\n".repeat(100), "GBK")).toBe("gb18030");
    expect(guessOf("姓名,年齡,城市\n陳大文,31,臺北\n林志玲,28,高雄\n", "BIG5")).toBe("big5");
    expect(guessOf("名前,年齢,都市\n山田たろう,31,東京\nさとう花子,28,大阪\n", "SHIFT_JIS")).toBe("shift_jis");
    expect(guessOf("이름,나이,도시,설명\n김철수,삼십일,서울,오늘은 날씨가 매우 좋아서 친구들과 함께 공원에 갔습니다\n", "EUC-KR")).toBe(
      "euc-kr",
    );
    expect(guessOf("name,city\nJosé,Málaga\nZoë,Århus\nJürgen,Köln\n", "WINDOWS-1252")).toBe("windows-1252");
    expect(guessOf("item,price\ncafé,€ 3\n“quoted” – text,25 °C\n", "WINDOWS-1252")).toBe("windows-1252");
  });

  it("tells alphabets by their words: Cyrillic, Greek, Polish, Czech, Turkish, and Japanese in EUC", () => {
    const russian = "имя,город\nИван,Москва\nАнна,Казань\nПётр,Пермь\n";
    for (const [encoding, found] of [
      ["WINDOWS-1251", "windows-1251"],
      ["KOI8-R", "koi8-u"],
      ["ISO-8859-5", "iso-8859-5"],
      ["CP866", "ibm866"],
    ] as const)
      expect(guessOf(russian, encoding)).toBe(found);
    expect(guessOf("місто,область\nКиїв,столиця\nХарків,схід\nЛьвів,захід\n", "WINDOWS-1251")).toBe("windows-1251");
    expect(guessOf("όνομα,πόλη\nΓιώργος,Αθήνα\nΜαρία,Πάτρα\nΝίκος,Θεσσαλονίκη\n", "WINDOWS-1253")).toBe("windows-1253");
    expect(guessOf("imię,miasto\nMałgorzata,Kraków\nStanisław,Łódź\nBłażej,Białystok\n", "WINDOWS-1250")).toBe("windows-1250");
    expect(guessOf("imię,miasto\nStanisław,Śląsk\nBłażej,Wąchock\nZdzisław,Gdańsk\n", "ISO-8859-2")).toBe("iso-8859-2");
    expect(guessOf("jméno,město\nJiří,Plzeň\nŠárka,Děčín\nVáclav,Třebíč\n", "WINDOWS-1250")).toBe("windows-1250");
    expect(guessOf("isim,şehir\nAyşe,Muğla\nÇağrı,Iğdır\nGökçe,Aydın\n", "WINDOWS-1254")).toBe("windows-1254");
    expect(guessOf("注文,顧客,備考\nカタカナ,ひらがな,東京都渋谷区\n", "EUC-JP")).toBe("euc-jp");
    expect(guessOf("prénom,ville\nJérôme,Besançon\nZoë,Orléans\nFrançois,Nîmes\n", "WINDOWS-1252")).toBe("windows-1252");
  });

  it("does not guess where several would do: two words of an alphabet, two Chinese characters", () => {
    expect(guessOf("city,n\nМосква,1\nКазань,2\n", "WINDOWS-1251")).toBeNull();
    expect(guessOf("city,n\nМосква,1\nКазань,2\n", "KOI8-R")).toBeNull();
    expect(guessOf("a,b\n阿,八\n", "GBK")).toBeNull();
  });

  it("never takes one of these for another", () => {
    const texts = {
      GB18030: "订单,客户,备注\n张三,李四,付款方式待定\n",
      BIG5: "訂單,客戶,備註\n張三,李四,付款方式待定\n",
      SHIFT_JIS: "注文,顧客,備考\nカタカナ,ひらがな,東京都渋谷区\n",
      "EUC-KR": "주문,고객,비고\n홍길동,김영희,서울특별시 강남구 테헤란로 백이십삼번지에서 배송을 기다립니다\n",
      "EUC-JP": "注文,顧客,備考\nカタカナ,ひらがな,東京都渋谷区\n",
      "ISO-8859-1": "naïve,façade,Übermaß\n",
      "WINDOWS-1253": "όνομα,πόλη\nΓιώργος,Αθήνα\n",
      "KOI8-R": "заказ,клиент\nпервый,Пётр\n",
    };
    for (const [encoding, text] of Object.entries(texts)) {
      const bytes = encode(text, encoding);
      const guess = encodingOfHead(bytes);
      if (guess !== null) expect(new TextDecoder(guess.encoding).decode(bytes), `${encoding} taken for ${guess.encoding}`).toBe(text);
    }
  });

  it("knows UTF-8 cut within a character, and UTF-16 without a mark", () => {
    const bytes = Buffer.from("a,北京");
    expect(encodingOfHead(bytes.subarray(0, bytes.length - 1))?.encoding).toBe("utf-8");
    expect(wholeCharacters(bytes.subarray(0, bytes.length - 1))).toBe(bytes.length - 3);
    expect(wholeCharacters(bytes)).toBe(bytes.length);
    expect(encodingOfHead(Buffer.from("a,b\n1,2\n", "utf16le"))?.encoding).toBe("utf-16le");
    expect(encodingOfHead(Buffer.from("a,b\n1,2\n", "utf16le").swap16())?.encoding).toBe("utf-16be");
  });
});
