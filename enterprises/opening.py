"""Opens a file in a process of its own with little memory and little time, and says what is wrong with it.

Run as a script with the file's path and its extension: prints one JSON object {"problem", "hint"}; empty means sound.
It imports nothing of the house, so whatever a hostile file does to it stays in a process that ends.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

MEMORY, SECONDS, WRITABLE = 1_500_000_000, 10, 0
PIXELS = 60_000_000
ENTRIES, UNPACKED, RATIO = 2000, 200 * 1024 * 1024, 100
FORBIDDEN = ("vbaproject.bin", ".zip", ".exe", ".js", ".vbs", ".dll", ".jar", ".rar", ".7z")
FOREIGN = (b"PK\x03\x04", b"%PDF-", b"<script", b"<html", b"<svg")


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
            if acts(pdf) & {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}:
                raise Unsound("PDF 带有脚本，不能接受", "请打印或另存为普通 PDF 后上传")
            if len(pdf.attachments):
                raise Unsound("PDF 里夹带了附件，不能接受", "请把附件单独上传")
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
    end = content.rfind(b"IEND" if kind == "PNG" else b"\xff\xd9")
    if any(mark in content[end:].lower() or mark in content[end:] for mark in FOREIGN) or zipfile.is_zipfile(path):
        raise Unsound("图片后面夹带了别的内容，不能接受", "请重新拍照或截图")
    with Image.open(path, formats=[kind]) as image:
        if image.width * image.height > PIXELS:
            raise Unsound("图片尺寸过大", "不超过 6000 万像素，请压缩后上传")
        image.verify()


def open_office(path: Path, folder: str) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        if len(entries) > ENTRIES or unpacked > UNPACKED or unpacked / packed > RATIO:
            raise Unsound("文件展开后过大，不能接受", "请删去多余的内容后另存")
        if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
            raise Unsound("文件内部的路径不正常，不能接受")
        if any(name.lower().endswith(FORBIDDEN) for name in names):
            raise Unsound("文件带有宏或内嵌程序，不能接受", "请另存为不带宏的文件后上传")
        if "[Content_Types].xml" not in names or not any(name.startswith(folder) for name in names):
            raise Unsound("文件内容与扩展名不符")
        if "macroenabled" in archive.read("[Content_Types].xml")[:1_000_000].decode("utf-8", "replace").lower():
            raise Unsound("文件带有宏，不能接受", "请另存为不带宏的文件后上传")
        for entry in entries:
            # The directory may lie about sizes; reading is what a reviewer's program will do.
            with archive.open(entry) as content:
                read = 0
                while block := content.read(1 << 20):
                    read += len(block)
                    if read > UNPACKED:
                        raise Unsound("文件展开后过大，不能接受")


def look(path: Path, extension: str) -> tuple[str, str]:
    """("", "") when the file is what its extension says and nothing more."""
    try:
        if extension == ".pdf":
            open_pdf(path)
        elif extension in (".jpg", ".jpeg", ".png"):
            open_image(path, "PNG" if extension == ".png" else "JPEG")
        else:
            open_office(path, "word/" if extension == ".docx" else "xl/")
    except Unsound as error:
        return str(error), error.hint
    except MemoryError:
        return "文件展开后过大，不能接受", ""
    except Exception as error:
        if type(error).__name__.startswith("DecompressionBomb"):
            return "图片尺寸过大", "不超过 6000 万像素，请压缩后上传"
        return "文件打不开，可能已损坏，或内容与扩展名不符", "请用原来的程序打开，另存一份再上传"
    return "", ""


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITABLE, WRITABLE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    problem, hint = look(Path(sys.argv[1]), sys.argv[2])
    json.dump({"problem": problem, "hint": hint}, sys.stdout)


if __name__ == "__main__":
    main()
