// Keeps a form: saves when typing rests and at the latest every three seconds, says so, never throws typing away.
const form = document.querySelector("form[data-autosave]");
const state = document.getElementById("save-state");
const WAIT = 1500;
const LONGEST = 3000;
const STORE = form ? `tianti:${form.action}` : "";
let timer = 0;
let dirty = false;
let since = 0;
let running = false;

function say(kind, words) {
  if (!state) return;
  state.dataset.state = kind;
  state.textContent = words;
}

function remember() {
  const kept = [...new FormData(form).entries()].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  try { sessionStorage.setItem(STORE, JSON.stringify(kept)); } catch { /* a full store must not stop typing */ }
}

function forget() {
  try { sessionStorage.removeItem(STORE); } catch { /* nothing was kept */ }
}

async function save() {
  if (!dirty || running) return;
  running = true;
  dirty = false;
  since = 0;
  remember();
  say("saving", "正在保存…");
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "1" },
      credentials: "same-origin",
      redirect: "error",
    });
    const told = await reply.json();
    if (reply.status === 409) {
      conflict(told);
    } else if (!reply.ok) {
      throw new Error(String(reply.status));
    } else {
      form.elements.namedItem("draft_version").value = told.draft_version;
      document.getElementById("rule-pane")?.replaceChildren(...parsed(told.result_html));
      tell(told.notes);
      if (!dirty) forget();
      const open = told.notes.length ? `，这一页有 ${told.notes.length} 处请核对` : "";
      say("saved", `${told.saved_at} 已保存・离开不会丢${open}`);
    }
  } catch {
    dirty = true;
    say("failed", "没存上，正在重试；您填的都在这一页");
    timer = setTimeout(save, 4000);
  } finally {
    running = false;
    if (dirty && !timer) timer = setTimeout(later, WAIT);
  }
}

// Problems and slips of the unit beside their fields; a field that somebody is still typing in is told like any other.
function tell(notes) {
  for (const place of form.querySelectorAll("[data-said]")) {
    const mine = notes.filter((note) => note.field === place.dataset.said);
    place.replaceChildren(...mine.map((note) => {
      const line = document.createElement("span");
      line.className = note.kind;
      line.textContent = note.words;
      return line;
    }));
    const wrong = mine.some((note) => note.kind === "err");
    place.closest(".f")?.classList.toggle("f-err", wrong);
    const box = document.getElementById(`id_${place.dataset.said}`);
    if (wrong) box?.setAttribute("aria-invalid", "true");
    else box?.removeAttribute("aria-invalid");
  }
}

function later() {
  timer = 0;
  save();
}

function parsed(markup) {
  return [...new DOMParser().parseFromString(markup, "text/html").body.childNodes];
}

function conflict(told) {
  say("failed", "同事保存过更新的内容，请先选择");
  const box = document.createElement("section");
  box.className = "al al-needs";
  box.setAttribute("role", "alert");
  const inner = document.createElement("div");
  const title = document.createElement("h2");
  title.textContent = told.conflict;
  inner.append(title);
  for (const field of told.fields) {
    const line = document.createElement("p");
    line.textContent = `${field.label}：您的“${field.yours ?? ""}”，已保存的“${field.theirs ?? ""}”`;
    inner.append(line);
  }
  const mine = document.createElement("button");
  mine.type = "button";
  mine.className = "b b-s";
  mine.textContent = "用我的";
  mine.addEventListener("click", () => {
    form.elements.namedItem("draft_version").value = told.draft_version;
    box.remove();
    dirty = true;
    save();
  });
  const theirs = document.createElement("button");
  theirs.type = "button";
  theirs.className = "b b-s";
  theirs.textContent = "用已保存的";
  theirs.addEventListener("click", () => { forget(); location.reload(); });
  inner.append(mine, theirs);
  box.append(inner);
  form.before(box);
  mine.focus();
}

// What could not be sent before the page was left (a session that ended, a line that was cut) is offered again.
function offer() {
  let kept = [];
  try { kept = JSON.parse(sessionStorage.getItem(STORE) ?? "[]"); } catch { return; }
  const lost = kept.filter(([name, value]) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLElement && name !== "draft_version" && /^(text|textarea|tel|number|search)$/.test(field.type) && !field.disabled && field.value !== value;
  });
  if (!lost.length) { forget(); return; }
  const box = document.createElement("section");
  box.className = "al al-needs";
  box.setAttribute("role", "status");
  const inner = document.createElement("div");
  const words = document.createElement("p");
  words.textContent = `上次离开时有 ${lost.length} 处没来得及存上，还留在这个浏览器里。`;
  const back = document.createElement("button");
  back.type = "button";
  back.className = "b b-s";
  back.textContent = "放回来";
  back.addEventListener("click", () => {
    for (const [name, value] of lost) form.elements.namedItem(name).value = value;
    box.remove();
    form.dispatchEvent(new Event("input"));
  });
  inner.append(words, back);
  box.append(inner);
  form.before(box);
}

if (form) {
  offer();
  form.addEventListener("input", () => {
    dirty = true;
    since = since || Date.now();
    say("saving", "还没保存…");
    remember();
    clearTimeout(timer);
    timer = setTimeout(later, Math.max(0, Math.min(WAIT, since + LONGEST - Date.now())));
  });
  form.addEventListener("submit", () => { dirty = false; forget(); });
  addEventListener("pagehide", () => {
    if (!dirty) return;
    fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, keepalive: true });
  });
}
