// What is typed into a form with a long field stays in this browser until the portal has taken it: a page that is killed, a line
// that is cut or a session that ends loses nothing. It is offered again, to the same person only, and never sent by itself.
// It lies there encrypted with a key that the portal gives to that person alone (decision 0030). Whoever is not signed in may sit
// at a computer of many: theirs stays in the tab and goes with it; so does everybody's where the browser cannot encrypt.
const who = document.body.dataset.keptFor ?? "";
const STORE = "tianti-kept";
const DAY = 86_400_000;
const REST = 400;
const LOOSE = /^(csrfmiddlewaretoken|form_key|next|seen|.*version)$/;
const TYPED = "textarea, input[type=text], input[type=email], input[type=tel], input:not([type])";
const arrival = performance.getEntriesByType("navigation")[0];
const isRefused = (arrival?.responseStatus ?? 200) >= 400;
const timers = new Map();
const shelved = new Map();
const secret = who && crypto.subtle ? crypto.subtle.importKey("raw", Uint8Array.from(atob(document.body.dataset.keptKey), (c) => c.charCodeAt(0)), "AES-GCM", false, ["encrypt", "decrypt"]) : null;

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("typed", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function base(mode, act) {
  const kept = await open();
  return new Promise((done, failed) => {
    const work = kept.transaction("typed", mode);
    const asked = act(work.objectStore("typed"));
    work.oncomplete = () => { kept.close(); done(asked.result); };
    work.onerror = () => failed(work.error);
  });
}

const inBrowser = {
  all: () => base("readonly", (kept) => kept.getAll()),
  put: (thing) => base("readwrite", (kept) => kept.put(thing)),
  drop: (id) => base("readwrite", (kept) => kept.delete(id)),
};

const tabbed = () => JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
const but = (id) => tabbed().filter((thing) => thing.id !== id);
const inTab = {
  all: async () => tabbed(),
  put: async (thing) => sessionStorage.setItem(STORE, JSON.stringify([...but(thing.id), thing])),
  drop: async (id) => sessionStorage.setItem(STORE, JSON.stringify(but(id))),
};
const shelf = secret ? inBrowser : inTab;

async function sealed(words) {
  if (!secret) return { words };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, text: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secret, new TextEncoder().encode(JSON.stringify(words))) };
}

async function opened(thing) {
  if (thing.words || !secret) return thing.words ?? {};
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: thing.iv }, await secret, thing.text)));
}

const actionOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const fieldsOf = (form) => [...form.elements].filter((field) => field.matches(TYPED) && field.name && !field.disabled && !field.readOnly);
const placeOf = (field) => field.id || field.name;

// A page may have many forms with one address: what they carry unseen tells them apart.
function nameOf(form) {
  const fixed = [...form.querySelectorAll("input[type=hidden]")].filter((field) => !LOOSE.test(field.name));
  return [who, actionOf(form), ...fixed.map((field) => `${field.name}=${field.defaultValue}`).sort()].join(" ");
}

// On a page that came back with a refusal the portal shows what was typed: there it is no default, and not kept elsewhere either.
function wordsOf(form) {
  const typed = fieldsOf(form).filter((field) => field.value !== (isRefused ? "" : field.defaultValue));
  return Object.fromEntries(typed.map((field) => [placeOf(field), field.value]));
}

async function keep(form, sent = 0) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  const [id, words] = [nameOf(form), wordsOf(form)];
  try {
    if (!Object.keys(words).length) { shelved.delete(form); await shelf.drop(id); return; }
    // The page may be gone before the newest words are encrypted: what was kept a moment ago says at least that it was sent.
    if (sent && shelved.has(form)) shelf.put({ ...shelved.get(form), sent });
    const thing = { id, who, sent, page: location.pathname, at: Date.now(), ...await sealed(words) };
    shelved.set(form, thing);
    await shelf.put(thing);
  } catch { /* a full store must not stop typing */ }
}

function later(form) {
  if (!timers.has(form)) timers.set(form, setTimeout(() => keep(form), REST));
}

const cameFrom = (path) => document.referrer.startsWith(`${location.origin}/`) && new URL(document.referrer).pathname === path;

// Taken: it was sent from that page, and this is the answer, and the answer is no refusal.
function isOver(thing) {
  if ((who && thing.who !== who) || Date.now() - thing.at > DAY) return true;
  return Boolean(thing.sent) && !isRefused && arrival?.type === "navigate" && cameFrom(thing.page);
}

async function settle() {
  for (const thing of await shelf.all()) {
    if (isOver(thing)) await shelf.drop(thing.id);
    else if (thing.sent) await shelf.put({ ...thing, sent: 0 });
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "b b-s";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

async function offer(form, thing) {
  const words_ = await opened(thing);
  const lost = fieldsOf(form).filter((field) => (words_[placeOf(field)] ?? field.value) !== field.value);
  if (!lost.length) return;
  const box = document.createElement("div");
  const inner = document.createElement("div");
  const words = document.createElement("p");
  const acts = document.createElement("p");
  box.className = "al al-needs";
  box.setAttribute("role", "status");
  box.dataset.kept = "";
  acts.className = "acts";
  words.textContent = `您${new Date(thing.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" })}在这里写的内容留在这个浏览器里，没有提交的可以放回来。`;
  acts.append(
    button("放回来", () => {
      for (const field of lost) field.value = words_[placeOf(field)];
      box.remove();
      lost[0].focus();
      later(form);
    }),
    button("不要了", () => { box.remove(); shelf.drop(thing.id); }),
  );
  inner.append(words, acts);
  box.append(inner);
  form.prepend(box);
  for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

async function begin() {
  const forms = [...document.querySelectorAll("form:not([data-autosave]):not([data-visit-form])")].filter((form) => form.method === "post" && form.querySelector("textarea"));
  await settle();
  const kept = forms.length ? await shelf.all() : [];
  for (const form of forms) {
    const thing = kept.find((one) => one.id === nameOf(form));
    if (thing) await offer(form, thing).catch(() => shelf.drop(thing.id)); // the portal's key is another one: nobody can read it any more
    form.addEventListener("input", () => later(form));
    form.addEventListener("submit", () => keep(form, Date.now()));
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden) for (const form of timers.keys()) keep(form); });
  addEventListener("pagehide", () => { for (const form of timers.keys()) keep(form); });
  document.querySelector('form[action$="/logout/"]')?.addEventListener("submit", async () => {
    for (const thing of await shelf.all()) shelf.drop(thing.id);
  });
}

begin().catch(() => {});
