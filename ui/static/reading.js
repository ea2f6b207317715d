// The reading view: the whole English article with its captions in their places, and its figures.

import { el } from "./dom.js";
import { number, t } from "./words.js";

const TAGS = { title: "h1", heading: "h2", list_item: "li" };

export function readingView(reading, job, rows) {
  const copied = el("span", { role: "status" });
  const copy = el(
    "button",
    {
      type: "button",
      class: "primary",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(reading.text);
          copied.textContent = t("reading.copied");
        } catch {
          copied.textContent = t("reading.not-copied");
        }
      },
    },
    t("reading.copy"),
  );
  const page = el("article", { class: "page", lang: "en" });
  let row = null; // of a table: {line, cells}
  for (const block of reading.blocks) {
    if (block.kind === "cell") {
      const table = row ? row.cells.parentElement : el("table");
      if (!row) page.append(table);
      if (row?.line !== block.line) row = { line: block.line, cells: el("tr") };
      table.append(row.cells);
      row.cells.append(el("td", {}, block.text));
      continue;
    }
    row = null;
    const tag = TAGS[block.kind] ?? "p";
    const shown = el(tag, { class: block.kind }, block.text);
    if (tag !== "li") page.append(shown);
    else if (page.lastElementChild?.tagName === "UL") page.lastElementChild.append(shown);
    else page.append(el("ul", {}, shown));
  }
  return el(
    "div",
    { class: "reading" },
    page,
    el(
      "aside",
      { "aria-label": t("reading.figures") },
      el("div", { class: "actions" }, copy, copied),
      el("h2", {}, t("reading.figures")),
      el("dl", {}, ...figures(reading, job, rows).flatMap(pair)),
    ),
  );
}

const pair = ([name, value]) => [el("dt", {}, t(name)), el("dd", {}, value)];

function figures(reading, job, rows) {
  const translated = rows.filter((row) => row.origin !== "kept" || row.edited);
  const edited = translated.filter((row) => row.edited).length;
  const share = translated.length ? edited / translated.length : 0;
  return [
    ["figures.french", number(reading.words.french)],
    ["figures.english", number(reading.words.english)],
    ["figures.seconds", t("figures.seconds.value", { seconds: number(round(job.seconds)) })],
    ["figures.edited", `${number(Math.round(100 * share))} %`],
    ["figures.confirmed", `${number(rows.filter((row) => row.confirmed).length)} / ${number(rows.length)}`],
    ["figures.findings", number(rows.filter((row) => row.look).length)],
    ["figures.model", `${job.model || "–"} (${job.engine || "–"})`],
  ];
}

const round = (value) => Math.round(value * 10) / 10;
