// What one sentence has that another has not: alternatives often differ in a word.

import { el } from "./dom.js";

const MOST = 200; // words: longer sentences are shown without marks

/** A sentence as nodes; the words that `other` lacks, or has elsewhere, are in <mark>. */
export function marked(text, other) {
  const words = text.split(/(\s+)/);
  const others = other.split(/(\s+)/);
  if (words.length > 2 * MOST || others.length > 2 * MOST) return [text];
  const kept = common(words, others);
  const nodes = [];
  words.forEach((word, index) => {
    const same = kept.has(index) || !word.trim();
    const last = nodes.at(-1);
    if (last && last.same === same) last.text += word;
    else nodes.push({ same, text: word });
  });
  return nodes.map(({ same, text: run }) => (same ? run : el("mark", {}, run)));
}

/** The places of the longest common subsequence in the first of two lists. */
function common(one, two) {
  const length = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = two.length - 1; j >= 0; j -= 1) {
      const skip = Math.max(length[i + 1][j], length[i][j + 1]);
      length[i][j] = one[i] === two[j] ? Math.max(skip, length[i + 1][j + 1] + 1) : skip;
    }
  }
  const kept = new Set();
  for (let [i, j] = [0, 0]; i < one.length && j < two.length; ) {
    if (one[i] === two[j]) {
      kept.add(i);
      [i, j] = [i + 1, j + 1];
    } else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return kept;
}
