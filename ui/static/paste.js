// A paste from a web page or a word processor as Markdown: its headings, links, lists and stress.

const HEADINGS = { H1: "# ", H2: "## ", H3: "### ", H4: "#### ", H5: "##### ", H6: "###### " };
const STRESS = { B: "**", STRONG: "**", I: "*", EM: "*" };
const BLOCKS = "address, article, blockquote, div, dl, figure, header, li, ol, p, pre, section, table, tr, ul";
const LEFT_OUT = "script, style, template, noscript, meta, title, button, svg";
/** What is worth keeping; without any of it the plain text will do. */
const WORTH = "h1, h2, h3, h4, h5, h6, a[href], li, b, strong, i, em";

/** Markdown of pasted HTML, or null where plain text says as much. It is parsed, never shown. */
export function asMarkdown(html) {
  const page = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of page.querySelectorAll(LEFT_OUT)) element.remove();
  if (!page.querySelector(WORTH)) return null;
  const blocks = [];
  read(page, blocks, "");
  const text = blocks.map(({ mark, words }) => mark + words.join("").replace(/\s+/g, " ").trim());
  return joined(text.filter((line) => line.trim()));
}

/** Items of a list stand line by line, all else in paragraphs. */
function joined(lines) {
  const kinds = lines.map((line) => /^(?:(-)|\d+(\.)) /.exec(line)?.slice(1).join(""));
  return lines
    .map((line, at) => {
      const follows = at > 0 && kinds[at] && kinds[at] === kinds[at - 1];
      return (at === 0 ? "" : follows ? "\n" : "\n\n") + line;
    })
    .join("");
}

/** Append the blocks of an element; `mark` stands before what is directly in it. */
function read(element, blocks, mark) {
  const open = (own) => blocks.push({ mark: own, words: [] });
  open(mark);
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) blocks.at(-1).words.push(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) child(node, blocks, mark, open);
  }
}

function child(node, blocks, mark, open) {
  if (node.tagName in HEADINGS) {
    open(HEADINGS[node.tagName]);
    blocks.at(-1).words.push(inline(node));
    open(mark);
  } else if (node.tagName === "BR") open(mark);
  else if (node.matches(BLOCKS)) {
    read(node, blocks, markOf(node) ?? mark);
    open(mark);
  } else if (node.querySelector(BLOCKS)) read(node, blocks, mark);
  else blocks.at(-1).words.push(inline(node));
}

function markOf(node) {
  if (node.tagName === "BLOCKQUOTE") return "> ";
  if (node.tagName !== "LI") return null;
  const items = [...node.parentElement.children];
  return node.parentElement.tagName === "OL" ? `${items.indexOf(node) + 1}. ` : "- ";
}

/** The words of an element with the marks of Markdown around them. */
function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.tagName === "BR") return " ";
  const words = [...node.childNodes].map(inline).join("");
  if (!words.trim()) return words;
  const [, before, inside, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words);
  const address = node.tagName === "A" ? node.getAttribute("href") : null;
  if (/^(?:https?|mailto):/i.test(address ?? "")) {
    const written = address.replace(/[()\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
    return `${before}[${inside}](${written})${after}`;
  }
  // word processors wrap whole pastes into <b style="font-weight: normal">
  const plain = /font-(?:weight|style):\s*(?:normal|400)/.test(node.getAttribute?.("style") ?? "");
  const mark = plain ? "" : (STRESS[node.tagName] ?? "");
  return `${before}${mark}${inside}${mark}${after}`;
}
