// The server's refusals in French: it says them in English, as the command line and the API do.

import { language } from "./words.js";

let shapes = null;

/** A message in the reader's language; one that the table does not have stays as it is. */
export async function said(message) {
  if (language !== "fr" || !message) return message;
  shapes ??= await read();
  return inFrench(message);
}

async function read() {
  const table = await (await fetch(new URL("refusals.json", import.meta.url))).json();
  const longest = (one, other) => letters(other[0]) - letters(one[0]); // what has most words goes first
  return Object.entries(table).sort(longest).map(([english, french]) => [shape(english), french]);
}

const letters = (text) => text.replace(/\{\d\}/g, "").length;

/** A pattern whose groups are the values. */
const shape = (english) =>
  new RegExp(
    `^${english
      .split(/\{\d\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("(.*?)")}$`,
    "s",
  );

function inFrench(message) {
  for (const [pattern, french] of shapes) {
    const [, ...values] = pattern.exec(message) ?? [];
    if (values.length || pattern.test(message))
      return french.replace(/\{(\d)\}/g, (_, number) => inFrench(values[number] ?? ""));
  }
  return message;
}
