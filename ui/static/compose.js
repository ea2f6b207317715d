// The first view: paste, drop or choose an article; examples and recent articles.

import { el, memory } from "./dom.js";
import * as server from "./server.js";
import { asMarkdown } from "./paste.js";
import { chosen } from "./settings.js";
import { countWords, moment, number, t, told } from "./words.js";

/** The view as {element, take(files)}; `opened(job)` is called with an article that was started.
 *
 * `previous` is an article that is taken up again: {id, name, text, whole}.
 */
export function compose(info, { opened, previous = null }) {
  let name = memory.get("draft.name", "");
  let whole = null; // a file that is more than text: {file, parts}, or one that the desk has
  let cleared = null; // what `Clear` took away
  const message = el("p", { class: "message", role: "alert" });
  const kept = el("p", { class: "help", role: "status" });
  const size = el("span", { class: "size" });
  const text = el("textarea", {
    id: "article",
    lang: "fr",
    rows: "14",
    spellcheck: "false",
    placeholder: t("compose.placeholder"),
    value: memory.get("draft.text", ""),
  });
  const picker = el("input", {
    type: "file",
    id: "file",
    class: "visually-hidden",
    accept: info.endings.join(","),
    multiple: true,
  });
  const button = el("button", { class: "primary large", type: "submit" }, t("compose.translate"));
  const recent = el("div", { class: "recent" });
  const unclear = el(
    "button",
    { type: "button", class: "quiet", hidden: true, onclick: () => put(...cleared) },
    t("compose.unclear"),
  );

  const form = el(
    "form",
    { class: "paper" },
    el("label", { for: "article", class: "headline" }, t("compose.label")),
    el("p", { class: "help" }, t("compose.help")),
    text,
    kept,
    el(
      "div",
      { class: "actions" },
      button,
      picker,
      el("label", { for: "file", class: "button" }, t("compose.file")),
      el(
        "button",
        { type: "button", class: "quiet", onclick: () => clear() },
        t("compose.clear"),
      ),
      unclear,
      size,
    ),
    message,
  );

  function clear() {
    if (text.value) cleared = [name, text.value, whole];
    put("", "");
    unclear.hidden = cleared === null;
  }

  function put(newName, newText, newWhole = null) {
    unclear.hidden = true;
    name = newName;
    whole = newWhole;
    text.readOnly = whole !== null;
    kept.textContent = whole ? t("compose.whole", { name }) : "";
    text.value = newText;
    remember();
    message.textContent = "";
    text.focus();
  }

  function remember() {
    memory.set("draft.name", whole ? "" : name);
    if (whole) memory.remove("draft.text");
    else if (text.value.length < 1_000_000) memory.set("draft.text", text.value);
    const words = countWords(text.value);
    size.textContent = words ? t("compose.words", { words: number(words) }) : "";
  }

  async function attempt(work) {
    button.disabled = true;
    message.textContent = "";
    try {
      await work();
    } catch (error) {
      message.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  }

  /** One file is shown, several are begun at once. */
  const take = (files) => (files.length === 1 ? show(files[0]) : begin(files));

  const begin = (files) =>
    attempt(async () => {
      const faults = [];
      for (const [at, file] of files.entries()) {
        kept.textContent = t("compose.several", { at: number(at + 1), count: number(files.length) });
        try {
          await server.startFile(file, [], chosen(info));
        } catch (error) {
          faults.push(error.message.includes(file.name) ? error.message : `${file.name}: ${error.message}`);
        }
      }
      const count = files.length - faults.length;
      kept.textContent = t("compose.begun", { count: number(count) });
      message.textContent = faults.join(" ");
      await listRecent();
    });

  const show = (file) =>
    attempt(async () => {
      let [parts, read] = [[], await server.readFile(file)];
      if (read.needs_parts) {
        const asked = prompt(t("compose.parts", { name: read.name })) ?? "";
        parts = asked.split(",").map((part) => part.trim()).filter(Boolean);
        if (!parts.length) return;
        read = await server.readFile(file, parts);
      }
      put(read.name, read.text, read.whole ? { file, parts } : null);
      if (read.notes.length) kept.textContent = read.notes.map(told).join(" ");
    });

  const submit = () =>
    attempt(async () => {
      if (!text.value.trim()) throw new Error(t("compose.empty"));
      const settings = chosen(info);
      const before = previous?.id ?? null;
      const job = whole?.file
        ? await server.startFile(whole.file, whole.parts, settings)
        : await server.start({ text: whole ? "" : text.value, name, settings, previous: before });
      memory.remove("draft.text");
      memory.remove("draft.name");
      opened(job);
    });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener("input", remember);
  text.addEventListener("paste", (event) => {
    const all = text.selectionStart === 0 && text.selectionEnd === text.value.length;
    if (!all || text.readOnly) return;
    name = ""; // another article takes the place of the file or example
    const markdown = asMarkdown(event.clipboardData.getData("text/html"));
    if (markdown === null) return;
    event.preventDefault();
    put(t("compose.pasted"), markdown);
    kept.textContent = t("compose.rich");
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  });
  picker.addEventListener("change", () => {
    if (picker.files.length) take([...picker.files]);
    picker.value = "";
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", () => form.classList.remove("dropping"));

  async function listRecent() {
    const jobs = await server.recent();
    const list = el("ul", { class: "list" });
    const search = el("input", {
      type: "search",
      "aria-label": t("recent.search"),
      placeholder: t("recent.search"),
      hidden: jobs.length < 5,
      oninput: () => filter(search.value),
    });
    const filter = (words) => {
      const wanted = words.trim().toLowerCase();
      const found = jobs.filter((job) => `${job.title} ${job.name}`.toLowerCase().includes(wanted));
      list.replaceChildren(...found.map(line));
    };
    filter("");
    recent.replaceChildren(
      el("h2", {}, t("recent.title")),
      search,
      jobs.length ? list : el("p", { class: "help" }, t("recent.none")),
    );
  }

  function line(job) {
    const remove = el(
      "button",
      {
        type: "button",
        class: "quiet small",
        "aria-label": t("recent.delete.label", { title: job.title }),
        onclick: async () => {
          if (!confirm(t("recent.delete.sure", { title: job.title }))) return;
          try {
            await server.remove(job.id);
            await listRecent();
          } catch (error) {
            message.textContent = error.message;
          }
        },
      },
      t("recent.delete"),
    );
    const rename = el(
      "button",
      {
        type: "button",
        class: "quiet small",
        "aria-label": t("recent.rename.label", { title: job.title }),
        onclick: () =>
          attempt(async () => {
            const title = prompt(t("recent.rename.asked"), job.title)?.trim();
            if (!title) return;
            await server.rename(job.id, title);
            await listRecent();
          }),
      },
      t("recent.rename"),
    );
    return el(
      "li",
      {},
      el(
        "div",
        {},
        el("a", { href: `#/article/${job.id}`, lang: "fr" }, job.title),
        el(
          "p",
          { class: "help" },
          `${moment(job.created)} · ${t(`status.${job.status}`)} · `,
          t("recent.progress", { confirmed: number(job.confirmed), total: number(job.total) }),
        ),
      ),
      rename,
      remove,
    );
  }

  const examples = el(
    "div",
    {},
    el("h2", {}, t("examples.title")),
    el(
      "ul",
      { class: "list" },
      ...info.examples.map((one) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "link",
              lang: "fr",
              onclick: () =>
                attempt(async () => {
                  const read = await server.example(one.name);
                  put(read.name, read.text);
                }),
            },
            one.title,
          ),
        ),
      ),
    ),
  );

  if (previous) {
    put(previous.name, previous.text, previous.whole ? {} : null);
    kept.textContent = t("compose.again");
  } else remember();
  listRecent().catch((error) => (message.textContent = error.message));
  const aside = { "aria-label": t("compose.aside") };
  const element = el(
    "div",
    { class: "compose" },
    form,
    el("aside", aside, recent, info.examples.length ? examples : null),
  );
  return { element, take };
}
