// The side panel: how the next article is translated; remembered by this browser.

import { el, memory } from "./dom.js";
import { ModelsPanel } from "./models.js";
import { t } from "./words.js";

/** What was chosen in this browser, on top of the server's defaults. */
export function chosen(info) {
  const settings = { ...info.defaults, ...memory.get("settings", {}) };
  if (!info.models.includes(settings.model)) settings.model = info.defaults.model;
  return settings;
}

/** The panel as a dialog; it is filled when it is opened. */
export function settingsPanel(info) {
  const fields = el("div", { class: "fields" });
  const stronger = el("p", { class: "help" });
  const open = el(
    "button",
    { type: "button", class: "small", onclick: () => models.open() },
    t("models.title"),
  );
  const models = new ModelsPanel({
    changed(names, usual) {
      info.models = info.options.model = names;
      info.defaults.model = usual;
      fill();
    },
  });
  const panel = el(
    "dialog",
    { class: "panel", "aria-labelledby": "settings-title" },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "settings-title" }, t("settings.title")),
      el("p", { class: "help" }, t("settings.help")),
      fields,
      el(
        "div",
        { class: "actions" },
        el("button", { class: "primary" }, t("settings.close")),
        el(
          "button",
          {
            type: "button",
            onclick: () => {
              memory.remove("settings");
              fill();
            },
          },
          t("settings.reset"),
        ),
      ),
    ),
  );
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close(); // the backdrop
  });

  function fill() {
    const settings = chosen(info);
    fields.replaceChildren(
      ...Object.entries(info.options).map(([name, values]) => field(name, values, settings)),
    );
    fields.firstChild.append(stronger, el("p", {}, open));
    update(settings);
    const only = info.models.length === 1;
    stronger.textContent = only ? t("models.stronger", { command: info.stronger }) : "";
  }

  function field(name, values, settings) {
    const choice = el(
      "select",
      { id: `setting-${name}`, "aria-describedby": `setting-${name}-help`, name },
      ...values.map((value) =>
        el(
          "option",
          { value, selected: String(settings[name]) === value },
          name === "model" || name === "beam" ? value : t(`settings.${name}.${value}`),
        ),
      ),
    );
    choice.addEventListener("change", () => {
      const value = name === "beam" ? Number(choice.value) : choice.value;
      const settings = { ...chosen(info), [name]: value };
      memory.set("settings", settings);
      update(settings);
    });
    return el(
      "div",
      { class: "field" },
      el("label", { for: choice.id }, t(`settings.${name}`)),
      choice,
      el("p", { class: "help", id: `setting-${name}-help` }, t(`settings.${name}.help`)),
    );
  }

  function update(settings) {
    fields.querySelector("#setting-quotes").disabled = settings.marks === "straight";
  }

  return {
    element: panel,
    show() {
      fill();
      panel.showModal();
    },
  };
}
