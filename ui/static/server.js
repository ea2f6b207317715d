// The routes of the page. Every failure is an Error whose message can be shown.

import { said } from "./refusals.js";
import { t } from "./words.js";

const base = new URL("../", import.meta.url);

export const address = (path) => new URL(path, base).href;

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(address(path), options);
  } catch {
    throw new Error(t("error.unreachable"));
  }
  if (answer.ok) return answer.json();
  const { message, row } = told(await answer.text());
  const error = new Error((await said(message)) || `${answer.status} ${answer.statusText}`);
  error.status = answer.status;
  error.row = row; // what stands there, where a change came too late (409)
  throw error;
}

function told(text) {
  try {
    const { error, detail, row = null } = JSON.parse(text);
    return { message: error ?? (typeof detail === "string" ? detail : JSON.stringify(detail)), row };
  } catch {
    // plain text: from the guard or from a proxy
    return { message: text.trim().slice(0, 300), row: null };
  }
}

const send = (method, path, body, options = {}) =>
  ask(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...options,
  });

export const info = () => ask("info");
export const example = (name) => ask(`examples/${encodeURIComponent(name)}`);
export const recent = () => ask("jobs");
export const start = (article) => send("POST", "jobs", article);
export const open = (id) => ask(`jobs/${id}`);
export const remove = (id) => ask(`jobs/${id}`, { method: "DELETE" });
export const stop = (id) => send("POST", `jobs/${id}/stop`, {});
export const resume = (id) => send("POST", `jobs/${id}/resume`, {});
export const detail = (id, position) => ask(`jobs/${id}/rows/${position}`);
export const again = (id, position, french) =>
  send("POST", `jobs/${id}/rows/${position}/again`, { french });
export const complete = (id, position, prefix) =>
  send("POST", `jobs/${id}/rows/${position}/complete`, { prefix });
export const changes = (id, after) => ask(`jobs/${id}/rows?after=${after}`);
export const history = (id, position) => ask(`jobs/${id}/rows/${position}/history`);
export const comments = (id, position) => ask(`jobs/${id}/rows/${position}/comments`);
export const comment = (id, position, text) =>
  send("POST", `jobs/${id}/rows/${position}/comments`, { text });
export const removeComment = (id, position, number) =>
  ask(`jobs/${id}/rows/${position}/comments/${number}`, { method: "DELETE" });
export const restore = (id, position, to, version) =>
  send("POST", `jobs/${id}/rows/${position}/restore`, { to, version });
export const confirmAll = (id, positions, confirmed) =>
  send("POST", `jobs/${id}/confirmed`, { positions, confirmed });
export const cut = (id, order) => send("POST", `jobs/${id}/cut`, order);
export const rename = (id, title) => send("PATCH", `jobs/${id}`, { title });
export const source = (id) => ask(`jobs/${id}/source`);
export const reading = (id) => ask(`jobs/${id}/reading`);
export const change = (id, position, what, options) =>
  send("PATCH", `jobs/${id}/rows/${position}`, what, options);
const query = (file, parts) =>
  new URLSearchParams([["name", file.name], ...parts.map((part) => ["parts", part])]);
export const readFile = (file, parts = []) =>
  ask(`files?${query(file, parts)}`, { method: "POST", body: file });
export const startFile = (file, parts, settings) =>
  ask(`jobs/file?${query(file, parts)}&settings=${encodeURIComponent(JSON.stringify(settings))}`, {
    method: "POST",
    body: file,
  });
export const concordance = (words) => ask(`memory?${new URLSearchParams({ words })}`);
export const terms = () => ask("terms");
export const putTerm = (term) => send("PUT", "terms", term);
export const removeTerm = (french) =>
  ask(`terms?${new URLSearchParams({ french })}`, { method: "DELETE" });
export const importTerms = (file) =>
  ask(`terms/import?${new URLSearchParams({ name: file.name })}`, { method: "POST", body: file });
export const models = () => ask("models");
export const addModel = (model) => send("POST", "models", model);
export const checkModel = (name) => send("POST", "models/check", { name });
export const chooseModel = (name) => send("POST", "models/default", { name });
export const stopModel = () => send("POST", "models/stop", {});
export const removeModel = (name) =>
  ask(`models?${new URLSearchParams({ name })}`, { method: "DELETE" });
export const termsFile = (form) => address(`terms/export/${form}`);
export const termsIn = (id) => ask(`jobs/${id}/terms`);
export const annotation = (asked) => send("POST", "annotation", asked);
export const download = (id, format) => address(`jobs/${id}/download/${format}`);
export const events = (id, after) => new EventSource(address(`jobs/${id}/events?after=${after}`));
