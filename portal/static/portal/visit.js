// The form on the spot: what is typed and taken is kept on the phone until the portal has it. Each thing has a key of its
// own, so that sending it twice is the same as sending it once. What the portal refuses is set aside with the reason, and the
// rest goes on; the page of a visit that is over still sends what the phone holds. With its words a thing says which earlier ones
// it knows (`seen`); where a colleague has written meanwhile, both are shown here and a person chooses.
const box = document.getElementById("sending");
const form = document.querySelector("form[data-visit-form]");
const state = document.getElementById("unsent");
const camera = document.getElementById("camera");
const caption = document.getElementById("caption");
const VISIT = box?.dataset.visit;
const STORE = "tianti-visit";
const AGAIN = 5000;
const REST = 800;
const MOST_SEEN = 12;
const REFUSED = [400, 409, 413, 422];
const POSITION = ["latitude", "longitude"];
let sending = false;
let finishing = false;
let again = 0;
const timers = new Map();
let token = document.querySelector("#sending-token [name=csrfmiddlewaretoken]")?.value;

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("unsent", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function store(mode, act) {
  const base = await open();
  return new Promise((done, failed) => {
    const work = base.transaction("unsent", mode);
    const asked = act(work.objectStore("unsent"));
    work.oncomplete = () => { base.close(); done(asked.result); };
    work.onerror = () => failed(work.error);
  });
}

const put = (thing) => store("readwrite", (kept) => kept.put(thing));
const drop = (id) => store("readwrite", (kept) => kept.delete(id));
const mine = async () => (await store("readonly", (kept) => kept.getAll())).filter((thing) => thing.visit === VISIT).sort((a, b) => a.at - b.at);
const all = async () => (await mine()).filter((thing) => !thing.sent && !thing.draft);

const kept = async (id) => (await mine()).find((thing) => thing.id === id);
const together = (...keys) => [...new Set(keys.join(" ").split(" ").filter(Boolean))].slice(-MOST_SEEN).join(" ");
// What the page showed, what was known before, and the key of one's own words: they may have arrived although nobody said so.
const known = (before, shown) => together(shown || "", before?.fields.seen || "", before?.fields.key || "");

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

async function tell(words) {
  const left = await all();
  const bad = left.filter((thing) => thing.bad);
  const waits = left.length - bad.length;
  const told = [waits ? `${waits} 项未送出，留在本机；有信号时自动发送` : "", bad.length ? `${bad.length} 项没有被接受，请处理` : ""].filter(Boolean).join("；");
  if (state) {
    state.textContent = words || told || "全部已送达";
    state.dataset.state = left.length ? "failed" : "saved";
  }
  document.getElementById("left").textContent = told || (state ? "" : "全部已送达，刷新后可见");
  document.getElementById("bad").replaceChildren(...bad.map(refusal));
  const asks = ["signed-out", "kept-page"].some((id) => !document.getElementById(id).hidden);
  if (bad.length || asks || (!state && left.length)) box.hidden = false;
  else if (state) box.hidden = true;
}

function named(thing) {
  if (thing.file) return `照片 ${thing.fields.caption || thing.name}`;
  const place = thing.id.split(":")[1];
  return { note: "核查小结", position: "位置" }[place] || `第 ${place} 项`;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "b b-s";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function refusal(thing) {
  const line = document.createElement("li");
  const acts = document.createElement("span");
  acts.className = "acts";
  if (thing.theirs) return choice(thing);
  if (thing.file && camera) acts.append(button("重拍", async () => { await drop(thing.id); caption.value = thing.fields.caption; camera.click(); tell(); }));
  acts.append(button("再发一次", async () => { await put({ ...thing, bad: "" }); await tell(); send(); }));
  acts.append(button("删去", async () => {
    if (window.confirm(`从本机删去“${named(thing)}”？删去后不能找回。`)) { await drop(thing.id); tell(); }
  }));
  line.append(`${named(thing)}：${thing.bad}`, acts);
  return line;
}

// Two people have written in the same place: both versions side by side, and nothing goes before one is chosen.
function choice(thing) {
  const line = document.createElement("li");
  const acts = document.createElement("span");
  acts.className = "acts";
  const { theirs, fields } = thing;
  acts.append(button("以我写的为准", async () => {
    await put({ ...thing, bad: "", theirs: undefined, fields: { ...fields, key: key(), seen: together(fields.seen || "", theirs.seen), over: theirs.seen } });
    await tell();
    send();
  }));
  acts.append(button("以同事写的为准", async () => {
    if (!window.confirm(`“${named(thing)}”用同事写的，从本机删去您写的？删去后不能找回。`)) return;
    await drop(thing.id);
    takeOver(thing);
    tell();
  }));
  const words = [`${named(thing)}：${thing.bad}`, `${theirs.by}写的：${theirs.said}`, `您写的：${said(thing)}`];
  line.append(...words.flatMap((text) => [document.createTextNode(text), document.createElement("br")]), acts);
  return line;
}

function said({ fields }) {
  if ("summary" in fields) return fields.summary || "（没有写）";
  const label = form?.querySelector(`input[value="${CSS.escape(fields.verdict)}"]`)?.closest("label");
  return [label?.textContent || "", fields.note].filter(Boolean).join("，") || "（没有写）";
}

function takeOver({ id, theirs }) {
  const place = id.split(":")[1];
  const where = place === "note" ? document.getElementById("f-summary") : form?.querySelector(`[data-line="${place}"]`);
  if (!where) return;
  where.dataset.seen = theirs.seen;
  const [verdict, note] = place === "note" ? ["", theirs.words[0]] : theirs.words;
  where.querySelector("textarea").value = note;
  for (const radio of where.querySelectorAll("input[type=radio]")) radio.checked = radio.value === verdict;
}

async function hash(file) {
  if (!crypto.subtle) return "";
  const made = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(made)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function body(thing) {
  const told = new FormData();
  for (const [name, value] of Object.entries(thing.fields)) told.append(name, value);
  if (thing.file) told.append("file", thing.file, thing.name);
  return told;
}

function post(url, told) {
  return fetch(url, { method: "POST", body: told, credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": token, "X-Visit": "1" } });
}

// After signing in again the old token is worth nothing; the page itself has the new one.
async function freshToken() {
  const reply = await fetch(box.dataset.url, { credentials: "same-origin", redirect: "manual" });
  if (!reply.ok) return reply.type === "opaqueredirect" || reply.status === 404 ? "signed-out" : "";
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const found = page.querySelector("#sending-token [name=csrfmiddlewaretoken]")?.value;
  if (!found) return "signed-out";
  token = found;
  return "fresh";
}

async function why(reply) {
  try {
    const told = await reply.json();
    if (told.theirs) return { bad: told.sentence, theirs: told.theirs };
    return { bad: [told.sentence, ...told.problems.map((p) => p.hint || p.message)].filter(Boolean).join(" ") };
  } catch {
    return { bad: reply.status === 413 ? "太大，没有被接受" : "没有被接受" };
  }
}

function signedOut(yes) {
  document.getElementById("signed-out").hidden = !yes;
}

// What became of one posting: the reply when the portal answered it, else an error to try again after.
async function reach(url, told) {
  let reply = await post(url, told());
  if (reply.status === 403) {
    const found = await freshToken();
    if (found === "fresh") reply = await post(url, told());
    else if (found === "signed-out") { signedOut(true); throw new Error(found); }
  }
  if (reply.type === "opaqueredirect" || reply.status === 404) { signedOut(true); throw new Error("signed out"); }
  if (reply.ok || REFUSED.includes(reply.status)) { signedOut(false); return reply; }
  throw new Error(String(reply.status));
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let left = await waiting(); left.length; left = await waiting()) {
      for (const thing of left) await sendOne(thing);
    }
    await tell();
  } catch {
    await tell();
    clearTimeout(again);
    again = setTimeout(send, AGAIN);
  } finally {
    sending = false;
  }
}

const waiting = async () => (await all()).filter((thing) => !thing.bad);

async function sendOne(thing) {
  const reply = await reach(thing.url, () => body(thing));
  const refused = reply.ok ? null : await why(reply);
  const told = reply.ok ? await reply.json().catch(() => ({})) : {};
  const now = (await all()).find((one) => one.id === thing.id);
  // Typed anew while it was under way: the newer word stays and goes next.
  if (!now || now.fields.key !== thing.fields.key) return;
  if (refused) await put({ ...thing, ...refused });
  else if (thing.file) { await drop(thing.id); show(thing); }
  else await put({ ...thing, sent: true, fields: { ...thing.fields, over: "", seen: together(thing.fields.seen || "", told.key || "") } });
  await tell();
}

function show(thing) {
  const line = document.createElement("li");
  line.textContent = `${thing.name}　已送达`;
  document.getElementById("photos")?.append(line);
}

async function keep(thing) {
  try {
    await put({ visit: VISIT, at: Date.now(), ...thing });
  } catch {
    await tell("本机存不下了：请先到有信号的地方把已有的送出");
    return;
  }
  if (thing.draft) return;
  await tell();
  send();
}

// Typed on while a choice is open: the newer words wait for the choice as the older ones did.
async function keepWords(id, url, shown, fields) {
  const before = await kept(id);
  const open_ = before?.theirs ? { bad: before.bad, theirs: before.theirs } : {};
  return keep({ id, url, fields: { key: key(), seen: known(before, shown), ...fields }, ...open_ });
}

function keepLine(line) {
  const chosen = line.querySelector("input[type=radio]:checked");
  const fields = { verdict: chosen ? chosen.value : "", note: line.querySelector("textarea").value };
  return keepWords(`${VISIT}:${line.dataset.line}`, line.dataset.url, line.dataset.seen, fields);
}

const summary = () => form.elements.namedItem("summary");
const shownSummary = () => document.getElementById("f-summary").dataset.seen;

// A summary that nobody has touched here is not sent: it may be older than a colleague's.
async function keepNote() {
  const id = `${VISIT}:note`;
  if (summary().value === summary().defaultValue && !(await kept(id))) return;
  await keepWords(id, box.dataset.url, shownSummary(), { act: "save", summary: summary().value });
}

function keepPosition() {
  const fields = { key: key(), act: "save" };
  for (const name of POSITION) fields[name] = form.elements.namedItem(name).value;
  return keep({ id: `${VISIT}:position`, url: box.dataset.url, fields });
}
const keepCaption = () => keep({ id: `${VISIT}:caption`, draft: true, fields: { caption: caption.value } });

function later(thing, act) {
  clearTimeout(timers.get(thing)?.timer);
  timers.set(thing, { act, timer: setTimeout(() => { timers.delete(thing); act(); }, REST) });
}

// Whatever was typed a moment ago is kept now: before finishing, and when the phone turns to something else.
async function flush() {
  const open_ = [...timers.values()];
  timers.clear();
  for (const one of open_) { clearTimeout(one.timer); await one.act(); }
}

function typed(event) {
  const line = event.target.closest("[data-line]");
  if (line) later(line, () => keepLine(line));
  else if (event.target.name === "summary") later(form, keepNote);
}

async function taken() {
  for (const file of camera.files) {
    const id = key();
    const fields = { key: id, sha256: await hash(file), taken_at: new Date().toISOString(), caption: caption.value };
    await keep({ id, url: camera.dataset.url, file, name: file.name || "现场.jpg", fields });
  }
  camera.value = "";
}

function position() {
  navigator.geolocation.getCurrentPosition((found) => {
    form.elements.namedItem("latitude").value = found.coords.latitude.toFixed(5);
    form.elements.namedItem("longitude").value = found.coords.longitude.toFixed(5);
    keepPosition();
  }, () => tell("没有取到位置，可以不记"));
}

async function pressed(event) {
  event.preventDefault();
  const act = event.submitter?.value || "save";
  if (finishing) return;
  finishing = true;
  try {
    await flush();
    if (act !== "finish") { await keepNote(); return; }
    await finish();
  } finally {
    finishing = false;
  }
}

async function settled() {
  while (sending) await new Promise((done) => { setTimeout(done, 100); });
  await send();
  return all();
}

async function finish() {
  const left = await settled();
  if (left.length) {
    const bad = left.filter((thing) => thing.bad).length;
    await tell(bad ? `还有 ${bad} 项没有被接受，处理后才能结束` : `还有 ${left.length} 项没有送出，送完才能结束；内容都在本机`);
    state.scrollIntoView({ block: "center" });
    return;
  }
  const before = await kept(`${VISIT}:note`);
  const touched = before || summary().value !== summary().defaultValue;
  const fields = { act: "finish", ...(touched ? { summary: summary().value, key: key(), seen: known(before, shownSummary()) } : {}) };
  const told = () => body({ fields });
  try {
    const reply = await reach(box.dataset.url, told);
    if (reply.ok) {
      const next = (await reply.json()).url;
      for (const thing of await mine()) await drop(thing.id);
      await caches?.open("tianti-visit-pages").then((kept) => kept.delete(box.dataset.url)).catch(() => {});
      location.assign(next);
      return;
    }
    const said_ = await reply.json();
    if (said_.theirs) {
      await put({ visit: VISIT, at: Date.now(), id: `${VISIT}:note`, url: box.dataset.url, fields: { ...fields, act: "save" }, bad: said_.sentence, theirs: said_.theirs });
    }
    problems(said_);
  } catch {
    await keepNote();
    await tell("没有信号，还没有结束；填的都在本机，有信号时再按一次");
  }
}

function problems(told) {
  const list = document.getElementById("unfinished");
  const lines = told.problems.length ? told.problems : [{ message: told.sentence, field: "" }];
  list.replaceChildren(...lines.map((p) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = p.field ? `#f-${p.field}` : "#main";
    link.textContent = p.message;
    line.append(link);
    return line;
  }));
  list.parentElement.hidden = false;
  list.parentElement.scrollIntoView({ block: "center" });
  tell(told.sentence);
}

async function restore() {
  const isOld = box.dataset.from === "phone";
  document.getElementById("kept-page").hidden = !isOld;
  for (const thing of await mine()) {
    // What was delivered is in a fresh page; only a page kept on the phone does not know it yet.
    if (thing.sent && !isOld) { await drop(thing.id); continue; }
    if (thing.file || !form) continue;
    fillIn(thing);
  }
  await tell();
  send();
}

function fillIn(thing) {
  const place = thing.id.split(":")[1];
  if (place === "caption") { caption.value = thing.fields.caption; return; }
  if (place === "note") {
    summary().value = thing.fields.summary;
    document.getElementById("f-summary").dataset.seen = known(thing);
    return;
  }
  if (place === "position") {
    for (const name of POSITION) form.elements.namedItem(name).value = thing.fields[name];
    return;
  }
  const line = form.querySelector(`[data-line="${place}"]`);
  if (!line) return;
  // The page may show a colleague's words by now; whoever sees his own here has seen no others than when he wrote them.
  line.dataset.seen = known(thing);
  line.querySelector("textarea").value = thing.fields.note;
  const radio = line.querySelector(`input[value="${CSS.escape(thing.fields.verdict)}"]`);
  if (radio) radio.checked = true;
}

async function stay() {
  if (!("serviceWorker" in navigator) || !("open" in box.dataset)) return;
  await navigator.serviceWorker.register(box.dataset.worker);
  await navigator.serviceWorker.ready;
  if (box.dataset.from === "portal") await caches.open("tianti-visit-pages").then((kept) => kept.add(box.dataset.url));
}

if (box && window.indexedDB) {
  form?.addEventListener("input", typed);
  form?.addEventListener("change", typed);
  form?.addEventListener("submit", pressed);
  camera?.addEventListener("change", taken);
  caption?.addEventListener("input", () => later(caption, keepCaption));
  document.getElementById("send-photo")?.setAttribute("hidden", "");
  document.getElementById("here")?.addEventListener("click", position);
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); else send(); });
  document.querySelector("header form")?.addEventListener("submit", () => { window.caches?.delete("tianti-visit-pages"); });
  window.addEventListener("online", send);
  restore();
  stay().catch(() => {});
}
