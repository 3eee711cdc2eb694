/** Words in two languages, numbers and dates as each writes them. */

import type { Language } from '../address.ts';
import { here } from './here.svelte.ts';

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
type Words = Record<string, string | Plural>;

function gathered(files: Record<string, { default: Words }>): Words {
  const words: Words = {};
  for (const [path, file] of Object.entries(files)) {
    const name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
    for (const [key, value] of Object.entries(file.default)) words[`${name}.${key}`] = value;
  }
  return words;
}

const WORDS: Record<Language, Words> = {
  ar: gathered(import.meta.glob('../words/ar/*.json', { eager: true })),
  en: gathered(import.meta.glob('../words/en/*.json', { eager: true })),
};
const DIGITS = 'waqai.digits';

let digits = $state<'arab' | 'latn'>(localStorage.getItem(DIGITS) === 'arab' ? 'arab' : 'latn');

export const language = {
  get now(): Language {
    return here.lang ?? (navigator.language.startsWith('ar') ? 'ar' : 'en');
  },
  get dir(): 'rtl' | 'ltr' {
    return this.now === 'ar' ? 'rtl' : 'ltr';
  },
  get digits() {
    return digits;
  },
  set digits(chosen: 'arab' | 'latn') {
    digits = chosen;
    localStorage.setItem(DIGITS, chosen);
  },
  /** Levantine names of the months; Arabic or Latin digits by choice. */
  get locale(): string {
    return this.now === 'ar' ? `ar-SY-u-nu-${digits}` : 'en-GB';
  },
};

/** The words of a key ("map.play"); {n} is replaced by values.n, numbers in the digits of the language.
 *  A key with forms (one, two, few, many, other) takes that of `n`. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const found = WORDS[language.now][key];
  if (found === undefined) return key;
  const text = typeof found === 'string' ? found : (found[rule(values.n)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

function rule(n: string | number | undefined): Intl.LDMLPluralRule {
  return new Intl.PluralRules(language.now).select(Number(n ?? 0));
}

/** The word for a value of the codebook: term("camp", "isis"). What has none is shown as it is. */
export function term(list: string, value: string | null | undefined): string {
  if (!value) return '';
  const key = `codebook.${list}.${value}`;
  return key in WORDS[language.now] ? t(key) : value;
}

export function number(value: number): string {
  return new Intl.NumberFormat(language.locale, { useGrouping: value >= 10000 }).format(value);
}

export function percent(share: number): string {
  return new Intl.NumberFormat(language.locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** The name in the language of the page, else the other one. */
export function named(thing: { name_ar?: string | null; name_en?: string | null } | null | undefined): string {
  if (!thing) return '';
  const [ar, en] = [thing.name_ar ?? '', thing.name_en ?? ''];
  return language.now === 'ar' ? ar || en : en || ar;
}

/** Numerals in a text that is not counted (a clock time, an id that people read). */
export function numerals(text: string): string {
  if (language.now !== 'ar' || digits !== 'arab') return text;
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
}
