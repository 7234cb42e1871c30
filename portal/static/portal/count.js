// Says how many characters a text has and how many it may have. Nothing is cut: what is too long is told, and kept.
for (const note of document.querySelectorAll("[data-count-of]")) {
  const box = document.getElementById(note.dataset.countOf);
  if (!box) continue;
  const most = Number(box.dataset.longest);
  const tell = () => {
    const written = [...box.value.trim()].length;
    const over = written - most;
    note.textContent = over > 0 ? `已写 ${written} 字，超出 ${over} 字` : `已写 ${written} 字，最多 ${most} 字`;
    note.className = over > 0 ? "warn" : "hint";
  };
  box.addEventListener("input", tell);
  tell();
}
