"""What axe has found without fault is not looked at again while its shape, its width and its words' places stay the same.

Most of a walk shows the same frame around another list: axe needs a second for each page, nine tenths of it for the
contrast of text, and that follows from the shape and the style sheet. Rows of one shape count once, so a longer list is
not another page; what gains a label, a state or a first word is.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SHAPES = r"""(() => {
    const told = ["id", "class", "role", "type", "for", "name", "lang", "dir", "scope", "tabindex", "open", "disabled", "hidden",
                  "required", "checked", "readonly"];
    const kept = name => told.includes(name) || name.startsWith("aria-");
    const plain = value => value.replace(/[0-9]+|[A-Za-z0-9_-]{16,}/g, "0");
    const shape = (e, without) => {
        if (e === without || ["SCRIPT", "STYLE", "HEAD"].includes(e.tagName)) return "";
        let text = "<" + e.tagName;
        for (const a of e.attributes) text += " " + a.name + (kept(a.name) ? "=" + plain(a.value) : a.value ? "+" : "");
        if (e.labels) text += " labels=" + e.labels.length;
        for (const by of ["aria-labelledby", "aria-describedby", "aria-controls"])
            for (const id of (e.getAttribute(by) || "").split(/\s+/)) if (id && !document.getElementById(id)) text += " lost";
        text += getComputedStyle(e).display === "none" ? " gone>" : ">";
        let last = "";
        for (const child of e.childNodes) {
            const one = child.nodeType === 3 ? (child.data.trim() ? "·" : "") : child.nodeType === 1 ? shape(child, without) : "";
            if (one && one !== last) text += one;
            if (one) last = one;
        }
        return text + "</>";
    };
    const main = document.querySelector("main"), ids = [...document.querySelectorAll("[id]")].map(e => e.id);
    const doubled = ids.filter((id, n) => ids.indexOf(id) !== n).join();
    return { main: main ? shape(main, null) : "", frame: shape(document.body, main) + doubled, title: Boolean(document.title) };
})()"""
LOOK = "context => axe.run(context || document, {resultTypes: ['violations'], preload: false, iframes: false}).then(r => r.violations)"
"""The pages have no frames, and their styles come from the same place, so nothing is fetched a second time."""

POORLY_LAID = """(() => {
    const told = new Set(), seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1;
    const name = e => `${e.tagName}.${e.className} ${(e.innerText || e.value || e.name || "").trim().slice(0, 20)}`;
    if (innerWidth < 640)
        for (const e of document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")) {
            if (!seen(e) || e.closest(".vh, .skip, svg")) continue;
            const boxes = [e, ...(e.labels || [])].map(one => one.getBoundingClientRect());
            if (Math.max(...boxes.map(b => b.height)) < 23.5 || Math.max(...boxes.map(b => b.width)) < 23.5) told.add("too small to tap: " + name(e));
        }
    for (const sheet of document.querySelectorAll("main .sheet")) {
        const { right } = sheet.getBoundingClientRect();
        for (const e of sheet.querySelectorAll("table, input, select, textarea, .b, p"))
            if (seen(e) && !e.closest(".tb-scroll, .leaf-view, .vh") && e.getBoundingClientRect().right > right + 1) told.add("stands out of its sheet: " + name(e));
    }
    for (const e of document.querySelectorAll("main th, main td, main label, main .b")) {
        if (e.clientWidth > 90) continue;
        const style = getComputedStyle(e), height = e.clientHeight / parseFloat(style.lineHeight);
        if (seen(e) && !e.closest(".vh") && e.innerText.trim().length > 4 && height > 3 && e.clientWidth < 2.5 * parseFloat(style.fontSize) + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight)) told.add("one character to a line: " + name(e));
    }
    return [...told].slice(0, 5);
})()"""
"""What a thumb cannot hit (24 px, WCAG 2.5.8), what stands out of its sheet, and words squeezed into a column of characters."""

PARTS = {"frame": {"exclude": [["main"]]}, "main": {"include": [["main"]]}}


class Looks:
    """The shapes that were clean, of a whole session."""

    def __init__(self) -> None:
        self.clean: set[tuple[Any, ...]] = set()

    def at(self, page: Page, route: str) -> list[tuple[str, str]]:
        """The faults of what stands on this page, (rule, element) each; a page that was seen like this has none."""
        width, shapes = page.viewport_size["width"], page.evaluate(SHAPES)
        here = {part: (width, part, shapes[part]) for part in ("frame", "main")}
        whole = (width, "route", route, shapes["title"])
        new = [part for part, key in here.items() if key not in self.clean]
        if whole not in self.clean:
            # Rules about the page as such (one main, one first heading, a title) are asked of each address once.
            new = list(here)
        if not new:
            return []
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(LOOK, PARTS[new[0]] if len(new) == 1 else None)
        if not found:
            self.clean |= {whole, *(here[part] for part in new)}
        return [(one["id"], str(node["target"])) for one in found for node in one["nodes"][:3]]
