// The models of the desk: seen by everybody; added, checked, chosen and removed by administrators.

import { el, fill } from "./dom.js";
import { said } from "./refusals.js";
import * as server from "./server.js";
import { number, t } from "./words.js";

const POLL = 500; // milliseconds, while a model is being added or checked

export class ModelsPanel {
  /** `changed(names, usual)` is called with the models that an article may ask for. */
  constructor({ changed }) {
    this.changed = changed;
    this.lines = el("ul", { class: "models" });
    this.public = el("ul", { class: "models" });
    this.source = el("input", { type: "text", id: "model-source", required: true, maxlength: 1000 });
    this.name = el("input", { type: "text", id: "model-name", maxlength: 200 });
    this.message = el("p", { class: "message", role: "alert" });
    this.said = el("p", { class: "help", role: "status" });
    this.bar = el("progress", { "aria-label": t("models.progress") });
    this.halt = el(
      "button",
      { type: "button", class: "small", onclick: () => this.tell(server.stopModel()) },
      t("article.stop"),
    );
    this.work = el("div", { class: "work", hidden: true }, this.bar, this.halt);
    this.adding = el(
      "form",
      { onsubmit: (event) => this.add(event) },
      el("p", {}, el("label", { for: "model-source" }, t("models.source")), this.source),
      el("p", {}, el("label", { for: "model-name" }, t("models.name")), this.name),
      (this.put = el("button", { class: "primary" }, t("models.add"))),
    );
    this.others = el("section", {}, el("h3", {}, t("models.available")), this.public);
    this.element = el(
      "dialog",
      { class: "panel models", "aria-labelledby": "models-title" },
      el("h2", { id: "models-title" }, t("models.title")),
      (this.help = el("p", { class: "help" })),
      this.message,
      this.said,
      this.work,
      this.lines,
      this.others,
      this.adding,
      el(
        "div",
        { class: "actions" },
        el("button", { type: "button", onclick: () => this.element.close() }, t("settings.close")),
      ),
    );
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close(); // the backdrop
    });
  }

  async open() {
    if (!this.element.isConnected) document.body.append(this.element);
    this.message.textContent = this.said.textContent = "";
    this.element.showModal();
    this.told = null; // the number of the last work whose end is known here
    await this.tell(server.models());
  }

  add(event) {
    event.preventDefault();
    this.tell(server.addModel({ source: this.source.value, name: this.name.value }));
  }

  /** Show what an answer says; its refusal where it is one. */
  async tell(answer) {
    this.message.textContent = "";
    try {
      this.show(await answer);
    } catch (error) {
      this.message.textContent = error.message;
    }
  }

  show(found) {
    const { models, available, work, may_change: may, may_name_folders: folders } = found;
    this.help.textContent = t(may ? "models.help" : "models.help.others");
    this.adding.hidden = !may;
    this.source.placeholder = folders ? t("models.source.folder") : "Helsinki-NLP/opus-mt-fr-en";
    this.others.hidden = available.length === 0;
    fill(this.lines, ...models.map((model) => this.line(model, may)));
    fill(this.public, ...available.map((model) => this.offer(model, may)));
    const usual = models.find((model) => model.default);
    this.changed(found.offered, usual?.name ?? found.offered[0]);
    this.progress(work);
  }

  progress(work) {
    const running = work?.state === "running";
    this.work.hidden = !running;
    this.put.disabled = running;
    this.halt.hidden = work?.kind !== "add";
    this.told ??= running ? work.number - 1 : (work?.number ?? 0);
    if (running) {
      if (work.total) {
        this.bar.max = work.total;
        this.bar.value = work.done;
      } else this.bar.removeAttribute("value");
      this.said.textContent = stage(work);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.element.open && this.tell(server.models()), POLL);
    } else if (work && work.number > this.told) {
      this.told = work.number;
      this.said.textContent = work.error ? "" : t(`models.${work.kind}.${work.state}`, { model: work.model });
      said(work.error).then((fault) => (this.message.textContent = fault));
      if (work.state === "done" && work.kind === "add") this.source.value = this.name.value = "";
    }
  }

  line(model, may) {
    const { name } = model;
    const button = (key, work, off = false) =>
      el(
        "button",
        {
          type: "button",
          class: "small",
          "aria-label": `${t(key)}: ${name}`,
          disabled: off,
          onclick: () => this.tell(work()),
        },
        t(key),
      );
    return el(
      "li",
      {},
      el("strong", {}, name),
      model.default ? el("span", { class: "usual" }, t("models.usual")) : null,
      el("p", { class: "help" }, facts(model)),
      may
        ? el(
            "p",
            { class: "choices" },
            button("models.choose", () => server.chooseModel(name), model.default),
            button("models.check", () => server.checkModel(name)),
            name === "builtin" ? null : button("models.remove", () => this.sure(name)),
          )
        : null,
    );
  }

  sure(name) {
    return confirm(t("models.remove.sure", { model: name }))
      ? server.removeModel(name)
      : server.models();
  }

  offer(model, may) {
    return el(
      "li",
      {},
      el("strong", {}, model.id),
      el("p", { class: "help" }, [size(model.size_mb), model.licence, published(model)].join(" · ")),
      may
        ? el(
            "p",
            { class: "choices" },
            el(
              "button",
              {
                type: "button",
                class: "small",
                "aria-label": `${t("models.add")}: ${model.id}`,
                onclick: () => this.tell(server.addModel({ source: model.id })),
              },
              t("models.add"),
            ),
          )
        : null,
    );
  }
}

function stage(work) {
  if (work.kind === "check") return t("models.checking", { model: work.model });
  if (!work.total) return t("models.asking", { model: work.model });
  if (work.done >= work.total) return t("models.converting", { model: work.model });
  const megabytes = (bytes) => number(Math.round(bytes / 1e6));
  const values = { model: work.model, done: megabytes(work.done), total: megabytes(work.total) };
  const left = work.seconds_left;
  return left === null
    ? t("models.loading", values)
    : t("models.loading.left", { ...values, seconds: number(left) });
}

const size = (megabytes) => t("models.megabytes", { megabytes: number(Math.round(megabytes)) });

const published = (model) =>
  Object.entries(model.scores)
    .map(([set, score]) => `${set} BLEU ${number(score)}`)
    .join(", ");

function facts(model) {
  const parts = [size(model.megabytes)];
  if (model.parameters) parts.push(t("models.parameters", { millions: number(Math.round(model.parameters / 1e6)) }));
  parts.push(model.licence);
  if (model.origin) parts.push(model.origin);
  for (const { test_set: set, metric, value } of model.scores.slice(0, 2)) parts.push(`${set} ${metric} ${number(value)}`);
  parts.push(model.check ? checked(model.check) : t("models.unchecked"));
  return parts.join(" · ");
}

function checked(check) {
  const scores = Object.entries(check.scores).map(([name, value]) => `${name} ${number(Math.round(value * 10) / 10)}`);
  const kept = check.broken.length
    ? t("models.broken", { names: check.broken.join(", ") })
    : t("models.kept");
  const speed = t("models.speed", { words: number(check.words_per_second) });
  return [speed, `${check.test_set} ${scores.join(", ")}`, kept].join(", ");
}
