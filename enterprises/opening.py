"""Opens a file in a process of its own with next to no rights (confined.py), and says what is wrong with it.

Run as a script with the file's path and its extension: prints one JSON object {"problem", "hint"}; empty means sound.
With the word "cells" instead of an extension it prints the cells of a workbook, {sheet: [[value, …], …]}: a workbook
of a few kilobytes may claim seventeen thousand million cells, and whoever lays them out in memory dies of it.
It imports nothing of the house, so whatever a hostile file does to it stays in a process that ends.
"""

import io
import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree  # nosec B405

MEMORY, SECONDS = 1_500_000_000, 10
PIXELS = 60_000_000
ENTRIES, UNPACKED, RATIO = 2000, 200 * 1024 * 1024, 100
CELLS = 2_000_000
ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMedia", "/XFA"}
OLE, ZIP, EXE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"MZ"
PACKAGES = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
HARMLESS_LINKS = {"hyperlink", "externallinkpath"}
"""Links that wait for a click; templates, objects and pictures from outside are fetched by opening alone."""

FORBIDDEN = ("vbaproject.bin", ".zip", ".exe", ".js", ".vbs", ".dll", ".jar", ".rar", ".7z")
FOREIGN = (b"PK\x03\x04", b"%PDF-", b"<script", b"<html", b"<svg")
BROKEN, RESAVE = "文件打不开，可能已损坏，或内容与扩展名不符", "请用原来的程序打开，另存一份再上传"
TAIL = 2048
"""Bytes in which a PDF says that it ends; programs of old scanners write a little after it."""


class Unsound(Exception):
    """What is wrong, and how to mend it."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.hint = hint


def open_pdf(path: Path) -> None:
    import pikepdf

    if not path.read_bytes()[:5] == b"%PDF-":
        raise Unsound("文件内容不是 PDF")
    if zipfile.is_zipfile(path):
        raise Unsound("PDF 里夹带了压缩包，不能接受", "请用原件重新扫描或另存为 PDF")
    try:
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages):
                raise Unsound("PDF 里没有页面")
            found = acts(pdf)
            if found & ACTS:
                raise Unsound("PDF 带有脚本或会动的内容，不能接受", "请打印或另存为普通 PDF 后上传")
            if len(pdf.attachments) or "/EF" in found:
                raise Unsound("PDF 里夹带了附件，不能接受", "请把附件单独上传")
        # What is left of a file that was cut off may still open: repaired, with pages or words missing.
        if b"%%EOF" not in path.read_bytes().rstrip(b"\r\n\t \0")[-TAIL:]:
            raise Unsound("PDF 的结尾缺失，可能没有传完整", "请重新导出或扫描，打开看全后再上传")
    except pikepdf.PasswordError as error:
        raise Unsound("PDF 设有打开密码", "请去掉密码后上传") from error


def acts(pdf: Any) -> set[str]:
    """The kinds of action the document carries, wherever they hang."""
    import pikepdf

    found = set()
    waiting = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            if "/S" in thing and isinstance(thing.S, pikepdf.Name):
                found.add(str(thing.S))
            if "/JS" in thing:
                found.add("/JavaScript")
            # A file may hang on a note of the page as well as in the list of attachments.
            found |= {name for name in ("/EF", "/XFA") if name in thing}
            if thing.get("/Subtype") == "/RichMedia":
                found.add("/RichMedia")
            inside = [value for _, value in thing.items()]
        elif isinstance(thing, pikepdf.Array):
            inside = list(thing)
        else:
            continue
        # What is referred to is in the list already; only what is written in place needs following.
        waiting += [value for value in inside if isinstance(value, pikepdf.Object) and not value.is_indirect]
    return found


def open_image(path: Path, kind: str) -> None:
    import warnings

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    content = path.read_bytes()
    with Image.open(path, formats=[kind]) as image:
        if image.width * image.height > PIXELS:
            raise Unsound("图片尺寸过大", "不超过 6000 万像素，请压缩后上传")
        image.verify()
    after = content[(end_of_png if kind == "PNG" else end_of_jpeg)(content) :]
    if any(mark in after.lower() or mark in after for mark in FOREIGN) or zipfile.is_zipfile(path):
        raise Unsound("图片后面夹带了别的内容，不能接受", "请重新拍照或截图")


def end_of_png(content: bytes) -> int:
    """Where the picture ends, chunk by chunk: the last IEND of the bytes may belong to what was hung on."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from("!I4s", content, at)
        at += 12 + length
    return at


def end_of_jpeg(content: bytes) -> int:
    """Where the picture ends, segment by segment. Raises for a picture that never ends."""
    at = 2
    while True:
        at = content.index(b"\xff", at)
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker in (0x00, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 2
        elif marker == 0xFF:
            at += 1
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def open_office(file: Path | BinaryIO, folder: str, inside: bool = False) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        names = [entry.filename.replace("\\", "/").lower() for entry in entries]
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked / packed > RATIO:
            raise Unsound("文件展开后过大，不能接受", "请删去多余的内容后另存")
        if any(name.startswith("/") or ".." in name.split("/") for name in names):
            raise Unsound("文件内部的路径不正常，不能接受")
        if len(set(names)) < len(names):
            raise Unsound("文件内部有重名的部分，不能接受", RESAVE)
        if any(name.endswith(FORBIDDEN) or "/activex/" in name or "/macrosheets/" in name for name in names):
            raise Unsound("文件带有宏或内嵌程序，不能接受", "请另存为不带宏的文件后上传")
        if "[content_types].xml" not in names or not any(name.startswith(folder) for name in names):
            raise Unsound("文件内容与扩展名不符")
        types = archive.read(entries[names.index("[content_types].xml")])
        if "macroenabled" in types[:1_000_000].replace(b"\0", b"").decode("utf-8", "replace").lower():
            raise Unsound("文件带有宏，不能接受", "请另存为不带宏的文件后上传")
        for entry, name in zip(entries, names, strict=True):
            if name.endswith(".rels"):
                open_links(archive.read(entry))
            open_part(archive, entry, Path(name).suffix, inside)


def open_links(content: bytes) -> None:
    for link in ElementTree.fromstring(content).iter():  # nosec B314: in a process with little memory and time
        kind = link.get("Type", "").rpartition("/")[2].lower()
        if link.get("TargetMode", "").lower() == "external" and kind not in HARMLESS_LINKS:
            raise Unsound("文件引用了外部的模板、对象或图片，不能接受", "请另存为 PDF 后上传")


def open_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, suffix: str, inside: bool) -> None:
    """One file of the package, read to its end: the directory may lie about sizes, and a name about its content."""
    with archive.open(entry) as content:
        head = content.read(8)
        read = len(head)
        while block := content.read(1 << 20):
            read += len(block)
            if read > UNPACKED:
                raise Unsound("文件展开后过大，不能接受")
    if head.startswith((OLE, EXE)):
        raise Unsound("文件带有内嵌对象，不能接受", "请另存为 PDF 后上传")
    if head.startswith(ZIP):
        # A chart keeps its table as a workbook inside; anything deeper, or of another kind, is somebody hiding.
        if inside or suffix not in PACKAGES:
            raise Unsound("文件里夹带了压缩包，不能接受", "请删去内嵌的文件后另存")
        open_office(io.BytesIO(archive.read(entry)), PACKAGES[suffix], inside=True)


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """The filled rectangle of every sheet; days as 2026-01-31. Empty when it is beyond any table of ours."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    found = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if len(rows) * len(rows[0] if rows else ()) > CELLS:
            return {}
        found[name] = [[plain(value) for value in row] for row in rows]
    return found


def plain(value: Any) -> Any:
    if isinstance(value, str | int | float):
        return value
    return str(value).removesuffix(" 00:00:00")


def look(path: Path, extension: str) -> tuple[str, str]:
    """("", "") when the file is what its extension says and nothing more."""
    try:
        if extension == ".pdf":
            open_pdf(path)
        elif extension in (".jpg", ".jpeg", ".png"):
            open_image(path, "PNG" if extension == ".png" else "JPEG")
        else:
            if path.read_bytes()[:4] != ZIP:
                # A package may hide behind other bytes; the programs of an office look for it at the end.
                raise Unsound(BROKEN, RESAVE)
            open_office(path, PACKAGES[extension])
    except Unsound as error:
        return str(error), error.hint
    except MemoryError:
        return "文件展开后过大，不能接受", ""
    except Exception as error:
        if type(error).__name__.startswith("DecompressionBomb"):
            return "图片尺寸过大", "不超过 6000 万像素，请压缩后上传"
        return BROKEN, RESAVE
    return "", ""


def main() -> None:
    if sys.argv[2] == "cells":
        json.dump(cells(Path(sys.argv[1])), sys.stdout)
        return
    problem, hint = look(Path(sys.argv[1]), sys.argv[2])
    json.dump({"problem": problem, "hint": hint}, sys.stdout)


if __name__ == "__main__":
    main()
