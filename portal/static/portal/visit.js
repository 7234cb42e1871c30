// The form on the spot: what is typed and taken is kept on the phone until the portal has it. Each thing has a key of its
// own, so that sending it twice is the same as sending it once.
const form = document.querySelector("form[data-visit]");
const state = document.getElementById("unsent");
const camera = document.getElementById("camera");
const STORE = "tianti-visit";
const AGAIN = 5000;
const REST = 800;
let sending = false;
const timers = new Map();

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

const put = (thing) => store("readwrite", (box) => box.put(thing));
const drop = (id) => store("readwrite", (box) => box.delete(id));
const all = async () => (await store("readonly", (box) => box.getAll())).filter((thing) => thing.visit === form.dataset.visit).sort((a, b) => a.at - b.at);

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

async function tell(words) {
  const left = await all();
  state.textContent = words || (left.length ? `${left.length} 项未送出，留在本机；有信号时自动发送` : "全部已送达");
  state.dataset.state = left.length ? "failed" : "saved";
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

async function send() {
  if (sending) return;
  sending = true;
  try {
    for (const thing of await all()) {
      const reply = await fetch(thing.url, {
        method: "POST", body: body(thing), credentials: "same-origin", redirect: "error",
        headers: { "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken").value, "X-Visit": "1" },
      });
      if (reply.ok) {
        const now = (await all()).find((one) => one.id === thing.id);
        // Typed anew while it was under way: the newer word stays and goes next.
        if (now && now.fields.key === thing.fields.key) await drop(thing.id);
        if (thing.file) show(thing);
      } else if (reply.status === 422 || reply.status === 413 || reply.status === 409) {
        await tell("有一项没有被接受，请看页面上的提示后重试");
        return;
      } else {
        throw new Error(String(reply.status));
      }
    }
    await tell();
  } catch {
    await tell();
    setTimeout(send, AGAIN);
  } finally {
    sending = false;
  }
}

function show(thing) {
  const line = document.createElement("li");
  line.textContent = `${thing.name}　已送达`;
  document.getElementById("photos")?.append(line);
}

async function keepLine(box) {
  const place = box.dataset.line;
  const chosen = box.querySelector("input[type=radio]:checked");
  await put({
    id: `${form.dataset.visit}:${place}`, visit: form.dataset.visit, at: Date.now(), url: box.dataset.url,
    fields: { key: key(), verdict: chosen ? chosen.value : "", note: box.querySelector("textarea").value },
  });
  await tell();
  send();
}

function typed(event) {
  const box = event.target.closest("[data-line]");
  if (!box) return;
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => keepLine(box), REST));
}

async function taken() {
  for (const file of camera.files) {
    const id = key();
    await put({
      id, visit: form.dataset.visit, at: Date.now(), url: camera.dataset.url, file, name: file.name || "现场.jpg",
      fields: { key: id, sha256: await hash(file), taken_at: new Date().toISOString(), caption: document.getElementById("caption").value },
    });
  }
  camera.value = "";
  await tell();
  send();
}

function position() {
  navigator.geolocation.getCurrentPosition((found) => {
    form.elements.namedItem("latitude").value = found.coords.latitude.toFixed(5);
    form.elements.namedItem("longitude").value = found.coords.longitude.toFixed(5);
  });
}

async function restore() {
  for (const thing of await all()) {
    const box = form.querySelector(`[data-line="${thing.id.split(":")[1]}"]`);
    if (!box || thing.file) continue;
    box.querySelector("textarea").value = thing.fields.note;
    const radio = box.querySelector(`input[value="${CSS.escape(thing.fields.verdict)}"]`);
    if (radio) radio.checked = true;
  }
  await tell();
  send();
}

if (form && window.indexedDB) {
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  camera?.addEventListener("change", taken);
  document.getElementById("send-photo")?.setAttribute("hidden", "");
  document.getElementById("here")?.addEventListener("click", position);
  window.addEventListener("online", send);
  restore();
}
