// The review desk: keys, who else is here, marks drawn on a page, wordings from the library. Everything works without it.
const desk = document.querySelector("[data-desk]");
const BEAT = 30000;

function rows() {
  return [...document.querySelectorAll("[data-row] [data-open]")];
}

function go(step) {
  const all = rows();
  const here = all.findIndex((a) => a.closest("[data-row]").getAttribute("aria-current") === "true");
  const target = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  if (target) target.click();
}

function keys(event) {
  const tag = event.target.tagName;
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(tag)) return;
  const act = {
    j: () => go(1),
    k: () => go(-1),
    a: () => document.querySelector("[data-agree]")?.click(),
    r: () => document.querySelector("[data-return]")?.click(),
    e: () => document.querySelector("#evidence .tabs a[aria-current]")?.focus(),
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

async function beat() {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    const reply = await fetch(desk.dataset.here, { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin" });
    if (!reply.ok) return;
    const told = await reply.json();
    const words = told.others.length ? `${told.others.join("、")}也打开着这一件` : "";
    const moved = String(told.version) !== desk.dataset.version || String(told.verdicts) !== desk.dataset.verdicts;
    document.querySelector("[data-others]").textContent = moved ? `${words ? `${words}；` : ""}这一件有了新的判断或进展，请刷新` : words;
  } catch { /* the next beat will tell */ }
}

function thousandths(event, box) {
  const clamp = (n) => Math.round(Math.min(Math.max(n, 0), 1) * 1000);
  return [clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height)];
}

// A frame is drawn only while 框选 is on: else a finger scrolls and pinches the page as everywhere. A mouse starts with it on.
function drawing(leaf, form, toggle) {
  const svg = leaf.querySelector("svg");
  let start = null;
  let rect = null;
  const set = (on) => {
    toggle.setAttribute("aria-pressed", String(on));
    leaf.classList.toggle("drawing", on);
    form.querySelector("[data-mark-hint]").hidden = !on;
    if (!on) start = null;
  };
  toggle.hidden = false;
  toggle.addEventListener("click", () => set(toggle.getAttribute("aria-pressed") !== "true"));
  set(matchMedia("(any-pointer: fine)").matches && !matchMedia("(pointer: coarse)").matches);
  leaf.addEventListener("pointerdown", (event) => {
    if (!leaf.classList.contains("drawing") || !event.isPrimary) return;
    start = thousandths(event, leaf.getBoundingClientRect());
    rect?.remove();
    rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("class", "new");
    svg.append(rect);
    leaf.setPointerCapture(event.pointerId);
  });
  leaf.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = thousandths(event, leaf.getBoundingClientRect());
    const told = { left: Math.min(x, start[0]), top: Math.min(y, start[1]), width: Math.abs(x - start[0]), height: Math.abs(y - start[1]) };
    for (const [name, attribute] of [["left", "x"], ["top", "y"], ["width", "width"], ["height", "height"]]) {
      rect.setAttribute(attribute, told[name]);
      form.elements.namedItem(name).value = told[name];
    }
  });
  leaf.addEventListener("pointercancel", () => { start = null; });
  leaf.addEventListener("pointerup", (event) => {
    if (!start) return;
    start = null;
    if (event.pointerType === "touch") set(false);
    form.elements.namedItem("note").focus();
  });
}

// A mark's link names its frame. The frame has no height before the page's picture is there, so it is looked for once more then.
function toMark(leaf) {
  const frame = document.getElementById(location.hash.slice(1));
  if (!frame || !leaf.contains(frame)) return;
  const picture = leaf.querySelector("img");
  const show = () => frame.scrollIntoView({ block: frame.getBoundingClientRect().height > innerHeight / 2 ? "start" : "center" });
  picture.loading = "eager";
  if (picture.complete) show();
  else picture.addEventListener("load", show, { once: true });
}

function zooming(leaf, tools) {
  const most = 3;
  let at = 0;
  const [out, into] = [tools.querySelector("[data-zoom-out]"), tools.querySelector("[data-zoom-in]")];
  const set = (step) => {
    leaf.classList.remove(`zoom-${at}`);
    at = Math.min(Math.max(at + step, 0), most);
    leaf.classList.add(`zoom-${at}`);
    out.disabled = at === 0;
    into.disabled = at === most;
  };
  out.addEventListener("click", () => set(-1));
  into.addEventListener("click", () => set(1));
  set(0);
  tools.hidden = false;
}

function library(select) {
  select.addEventListener("change", () => {
    const words = select.selectedOptions[0]?.dataset.text;
    const box = document.getElementById(select.dataset.library);
    if (words && box) {
      box.value = box.value.trim() ? `${box.value.trim()}\n${words}` : words;
      box.focus();
    }
  });
}

// What was typed and not kept: on a page without https there is no clipboard to write to, so the text is at least selected.
function copying(button) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      button.textContent = "已复制";
    } catch {
      button.textContent = "已选中，请按 Ctrl+C";
    }
  });
}

if (desk) {
  document.addEventListener("keydown", keys);
  if (desk.dataset.here) setInterval(beat, BEAT);
  const leaf = document.querySelector("[data-leaf]");
  const form = document.querySelector("form[data-mark]");
  const tools = document.querySelector("[data-leaf-tools]");
  if (leaf && tools) zooming(leaf, tools);
  if (leaf) {
    toMark(leaf);
    addEventListener("hashchange", () => toMark(leaf));
  }
  if (leaf && tools && form) drawing(leaf, form, tools.querySelector("[data-draw]"));
}
document.querySelectorAll("[data-library]").forEach(library);
document.querySelectorAll("[data-copy]").forEach(copying);
