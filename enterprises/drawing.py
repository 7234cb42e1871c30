"""Draws one page of a file as a picture, in a process of its own with next to no rights (confined.py).

Run as a script: path, extension, page, width. Writes a PNG to stdout; page 0 writes {"pages": n} instead.
It imports nothing of the house. What meets an official's browser is a picture that we drew, never the file itself:
no script, no link, no font, no metadata of a stranger.
"""

import io
import json
import sys
from pathlib import Path

MEMORY, SECONDS = 2_000_000_000, 15
TALLEST = 6000
"""Pixels; a page of unlikely proportions is drawn smaller."""


def pages(path: Path, extension: str) -> int:
    if extension != ".pdf":
        return 1
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    try:
        return len(document)
    finally:
        document.close()


def draw(path: Path, extension: str, page: int, width: int) -> bytes:
    """PNG bytes of the page, `width` pixels wide. IndexError when there is no such page."""
    from PIL import Image

    if extension == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(str(path))
        if not 1 <= page <= len(document):
            raise IndexError(page)
        sheet = document[page - 1]
        across, down = sheet.get_size()
        scale = min(width / max(across, 1), TALLEST / max(down, 1))
        picture = sheet.render(scale=scale).to_pil()
    else:
        if page != 1:
            raise IndexError(page)
        with Image.open(path) as found:
            found.draft("RGB", (width, width))
            picture = found.convert("RGB")
        picture.thumbnail((width, TALLEST))
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def main() -> None:
    path, extension, page, width = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    try:
        if page == 0:
            sys.stdout.write(json.dumps({"pages": pages(path, extension)}))
        else:
            sys.stdout.buffer.write(draw(path, extension, page, width))
    except IndexError:
        sys.exit(4)


if __name__ == "__main__":
    main()
