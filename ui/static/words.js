// The interface in the reader's language; the strings are those that Gradio's components get.

const read = async (name) => (await fetch(new URL(name, import.meta.url))).json();
const strings = await read("strings.json");

export const language = document.documentElement.lang === "fr" ? "fr" : "en";

const plural = new Intl.PluralRules(language);

/**
 * A string of the interface: `t("progress.running", { done: 3, total: 12 })`. Where it has a form
 * for one (`find.found.one`), that is taken for what `count`, `words` or `total` says.
 */
export function t(key, values = {}) {
  const count = Number(values.count ?? values.words ?? values.total);
  const one = plural.select(count) === "one" ? strings[language][`${key}.one`] : undefined;
  const text = one ?? strings[language][key] ?? strings.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** What a finding says, in the reader's language. */
export const told = (finding) => finding.said[language];

const numbers = new Intl.NumberFormat(language);
const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

/** How many words a text has: what white space parts, with a letter or a digit in it. */
export const countWords = (text) => (text.match(/\S*[\p{L}\p{N}]\S*/gu) ?? []).length;

export const number = (value) => numbers.format(value);
export const moment = (seconds) => moments.format(new Date(seconds * 1000));

/** Speak another language from now on; the article is on the server, so the page can reload. */
export function speak(chosen) {
  const path = new URL("../..", import.meta.url).pathname;
  document.cookie = `depeche_language=${chosen}; Path=${path}; Max-Age=31536000; SameSite=Strict`;
  location.reload();
}
