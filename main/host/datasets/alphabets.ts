/**
 * Encodings of one byte a letter, told by the words that come of them: each encoding is tried on the text, and counts by how many of its
 * different words are words of one of its languages, by their letters, their capitals and (where all letters are foreign) how often the
 * usual ones come. Few words, or two encodings that both make words of them, are not told apart.
 */

interface Language {
  /** All letters beyond ASCII, small. */
  readonly letters: string;
  /** The ten that come most, where the language has no ASCII letters of its own: they are about two in three of any text. */
  readonly usual?: string;
}

function only(letters: readonly string[]): readonly Language[] {
  return letters.map((own) => ({ letters: own }));
}

const CYRILLIC: readonly Language[] = [
  { letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", usual: "оеаинтсрвл" },
  { letters: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", usual: "оанивертсі" },
];
const GREEK: readonly Language[] = [{ letters: "αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ", usual: "αοιετσνηςρ" }];
const WESTERN = ["àâçéèêëîïôœùûü", "äöüßé", "áéíñóúü", "áâãàçéêíóôõú", "àèéìíîòóù", "åäöæøé", "áéíóúýþæöð", "àçèéíïòóúü"];
const CENTRAL = ["ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíľĺňóôŕšťúýž", "áéíóöőúüű", "âăîşţ", "čćđšž"];
const TURKISH = ["çğıöşüâîû"];
const BALTIC = ["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"];
const WESTERN_LANGUAGES = only(WESTERN);
const CENTRAL_LANGUAGES = only(CENTRAL);

/** Of encodings that make the same text the first is named. */
const CANDIDATES: readonly { readonly encoding: string; readonly languages: readonly Language[] }[] = [
  { encoding: "windows-1252", languages: WESTERN_LANGUAGES },
  { encoding: "windows-1250", languages: CENTRAL_LANGUAGES },
  { encoding: "iso-8859-2", languages: CENTRAL_LANGUAGES },
  { encoding: "windows-1254", languages: only(TURKISH) },
  { encoding: "windows-1257", languages: only(BALTIC) },
  { encoding: "windows-1251", languages: CYRILLIC },
  { encoding: "koi8-u", languages: CYRILLIC },
  { encoding: "iso-8859-5", languages: CYRILLIC },
  { encoding: "ibm866", languages: CYRILLIC },
  { encoding: "windows-1253", languages: GREEK },
  { encoding: "iso-8859-7", languages: GREEK },
];

/** Fewer different words could be words of something else. */
const FEWEST_WORDS = 4;
const FEWEST_LETTERS = 16;
const CERTAIN_SHARE = 0.9;
const CERTAIN_LEAD = 0.25;
/** Of two encodings of the same languages, which share most letters, a word tells. */
const LEAD_OF_KIN = 0.02;
/** Usual letters, of all: two thirds of any text; by another encoding about a fifth. */
const USUAL_SHARE = 0.45;
/** What stands around words, not in them. */
const MARKS = /^[\u00a0«»“”„‘’‚‹›–—…€£§©®™°·•№\u2116]+|[\u00a0«»“”„‘’‚‹›–—…€£§©®™°·•№\u2116]+$/g;
/** A capital, or all of them, or none. */
const WELL_CAPPED = /^\p{Lu}?\p{Ll}*$|^\p{Lu}+$/u;

/** @returns null where no encoding stands out */
export function alphabetEncoding(bytes: Uint8Array): string | null {
  const tried = CANDIDATES.map(({ encoding, languages }) => {
    const text = new TextDecoder(encoding).decode(bytes);
    const words = foreignWords(text);
    return { encoding, languages, text, words: words.length, share: Math.max(...languages.map((language) => shareOf(words, language))) };
  });
  const [best] = tried.toSorted((a, b) => b.share - a.share);
  if (best === undefined || best.words < FEWEST_WORDS || best.share < CERTAIN_SHARE) return null;
  const rivals = tried.filter(({ text }) => text !== best.text);
  const leads = rivals.every(({ share, languages }) => best.share - share >= (languages === best.languages ? LEAD_OF_KIN : CERTAIN_LEAD));
  return leads ? (tried.find(({ text }) => text === best.text)?.encoding ?? null) : null;
}

/** Different words with a character beyond ASCII, less the marks around them. */
function foreignWords(text: string): string[] {
  const found = text.match(/[a-z\u0080-\uffff]+/gi) ?? [];
  return [...new Set(found.map((word) => word.replace(MARKS, "")))].filter((word) => /[^\p{ASCII}]/u.test(word));
}

function shareOf(words: readonly string[], { letters, usual }: Language): number {
  const known = new Set(letters);
  const good = words.filter(
    (word) => WELL_CAPPED.test(word) && [...word.toLowerCase()].every((letter) => letter < "\u0080" || known.has(letter)),
  );
  if (usual === undefined) return good.length / Math.max(1, words.length);
  const all = [...good.join("").toLowerCase()].filter((letter) => letter >= "\u0080");
  const common = all.filter((letter) => usual.includes(letter)).length;
  return all.length < FEWEST_LETTERS || common < USUAL_SHARE * all.length ? 0 : good.length / Math.max(1, words.length);
}
