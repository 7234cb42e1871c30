"""Makes a PDF again without whatever could name its owner, in a process of its own with little memory and time.

Run as a script: the file's path as argument, {"names": [...]} as JSON on stdin. stdout is one line of JSON,
{"withheld": why}, and, when that is empty, the new file. Only what pages draw is taken over: no metadata, notes,
bookmarks, attachments or tags. Text is read by the fonts' own tables; what cannot be read cannot be cleared, so a page
with pictures or with letters of an unknown alphabet is withheld. It imports nothing of the house.
"""

import io
import json
import re
import sys
import unicodedata
from typing import Any

MEMORY, SECONDS, WRITABLE = 1_500_000_000, 10, 0
NAMED = "文字里有能认出企业的内容"
PICTURES = "含有图片，机器不能确认图上没有企业名称"
UNREADABLE = "文字不能由机器读出，不能确认没有企业名称"
BROKEN = "文件打不开"
KEPT = ("/MediaBox", "/CropBox", "/Rotate")
SHOWN = {"Tj", "'", '"'}
RESOURCES = ("/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading")
DEEPEST = 12


class Withheld(Exception):
    pass


def plain(text: str) -> str:
    """As in certification/names.py; this file must stand alone."""
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff·•]", "", unicodedata.normalize("NFKC", text)).upper()


def blinded(path: str, names: list[str]) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(path) as source, pikepdf.new() as made:
            words: list[str] = []
            for page in source.pages:
                resources = inherited(page.obj, "/Resources") or pikepdf.Dictionary()
                words += text_of(page, resources, 0)
                blank = pikepdf.Dictionary(Type=pikepdf.Name.Page)
                for key in KEPT:
                    value = inherited(page.obj, key)
                    if value is not None:
                        blank[key] = value
                page.contents_coalesce()
                content = page.obj.get("/Contents")
                blank.Contents = made.make_stream(drawing(page) if content is not None else b"")
                fresh = made.make_indirect(blank)
                wanted = {key: resources[key] for key in RESOURCES if key in resources}
                fresh.Resources = pikepdf.Dictionary(
                    {
                        k: made.copy_foreign(v) if v.is_indirect else made.copy_foreign(source.make_indirect(v))
                        for k, v in wanted.items()
                    }
                )
                made.pages.append(pikepdf.Page(fresh))
            strip(made)
            told = plain("".join(words))
            if any(name in told for name in names):
                raise Withheld(NAMED)
            out = io.BytesIO()
            made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
            if leftovers(made, names):
                raise Withheld(NAMED)
            return out.getvalue()
    except pikepdf.PdfError as error:
        raise Withheld(BROKEN) from error


def inherited(node: Any, key: str) -> Any:
    """A page may leave its box and its fonts to the tree above it."""
    for _ in range(DEEPEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node.Parent
    return None


def drawing(page: Any) -> bytes:
    """The page's operators without marked content, whose tags may carry the words once more."""
    import pikepdf

    kept = [i for i in pikepdf.parse_content_stream(page) if str(i.operator) not in ("BDC", "BMC", "EMC", "DP", "MP")]
    return bytes(pikepdf.unparse_content_stream(kept))


def text_of(thing: Any, resources: Any, depth: int) -> list[str]:
    """What a page, or a form on it, writes; Withheld for pictures and for letters of an unknown alphabet."""
    import pikepdf

    if depth > DEEPEST:
        raise Withheld(UNREADABLE)
    words: list[str] = []
    alphabet: dict[int, str] | None = {}
    width = 1
    for instruction in pikepdf.parse_content_stream(thing):
        operator = str(instruction.operator)
        if operator in ("INLINE IMAGE", "BI", "sh"):
            raise Withheld(PICTURES)
        operands = list(instruction.operands)
        if operator == "Tf":
            alphabet, width = letters(resources.get("/Font", {}).get(str(operands[0])))
        elif operator in SHOWN or operator == "TJ":
            parts = operands[-1] if operator == "TJ" else [operands[-1]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    words.append(read(bytes(part), alphabet, width))
        elif operator == "Do":
            inner = resources.get("/XObject", {}).get(str(operands[0]))
            if inner is None:
                continue
            if inner.get("/Subtype") != "/Form":
                raise Withheld(PICTURES)
            words += text_of(inner, inner.get("/Resources", resources), depth + 1)
    for pattern in (resources.get("/Pattern") or {}).values() if "/Pattern" in resources else ():
        if isinstance(pattern, pikepdf.Stream):
            raise Withheld(PICTURES)
    return words


def letters(font: Any) -> tuple[dict[int, str] | None, int]:
    """(code → letters, bytes a code); None when the font does not say what its codes mean."""
    if font is None or font.get("/Subtype") == "/Type3":
        return None, 1
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    if "/ToUnicode" in font and hasattr(font.ToUnicode, "read_bytes"):
        return table(font.ToUnicode.read_bytes()), width
    if width == 1 and "/Differences" not in (font.get("/Encoding") if hasattr(font.get("/Encoding"), "keys") else {}):
        return {n: bytes([n]).decode("cp1252", "replace") for n in range(256)}, 1
    return None, width


def table(cmap: bytes) -> dict[int, str]:
    text = cmap.decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, letter in re.findall(r"<([0-9A-Fa-f ]+)>\s*<([0-9A-Fa-f ]+)>", block):
            found[int(code.replace(" ", ""), 16)] = utf16(letter)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, letter, several in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f ]+)>|\[(.*?)\])", block, re.S
        ):
            first, last = int(low, 16), min(int(high, 16), int(low, 16) + 65535)
            each = re.findall(r"<([0-9A-Fa-f ]+)>", several)
            for n, code in enumerate(range(first, last + 1)):
                if letter:
                    start = utf16(letter)
                    found[code] = start[:-1] + chr(min(ord(start[-1]) + n, 0x10FFFF)) if start else ""
                elif n < len(each):
                    found[code] = utf16(each[n])
    return found


def utf16(digits: str) -> str:
    return bytes.fromhex(digits.replace(" ", "")).decode("utf-16-be", "replace")


def read(raw: bytes, alphabet: dict[int, str] | None, width: int) -> str:
    if not raw:
        return ""
    if not alphabet:
        raise Withheld(UNREADABLE)
    codes = [int.from_bytes(raw[n : n + width], "big") for n in range(0, len(raw), width)]
    if any(code not in alphabet for code in codes):
        raise Withheld(UNREADABLE)
    return "".join(alphabet[code] for code in codes)


def strip(made: Any) -> None:
    """Off with what objects carry beside their drawing: metadata, private data of programs, alternative texts."""
    import pikepdf

    for thing in made.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in ("/Metadata", "/PieceInfo", "/LastModified", "/Alt", "/ActualText", "/StructParents", "/OC"):
                if key in thing:
                    del thing[key]
    for key in list(made.docinfo.keys()):
        del made.docinfo[key]


def leftovers(made: Any, names: list[str]) -> bool:
    """A last look at every string and every unpacked stream but the fonts' own programs, in three spellings."""
    import pikepdf

    for thing in made.objects:
        if isinstance(thing, pikepdf.Stream):
            try:
                raw = thing.read_bytes()
            except pikepdf.PdfError:
                raw = thing.read_raw_bytes()
            tellings = [raw.decode(code, "ignore") for code in ("utf-8", "utf-16-be", "gb18030")]
        else:
            tellings = [raw.decode("utf-8", "ignore") for raw in [thing.unparse(resolved=True)]]
            tellings += strings(thing)
        if any(name in plain(told) for told in tellings for name in names):
            return True
    return False


def strings(thing: Any) -> list[str]:
    import pikepdf

    if isinstance(thing, pikepdf.String):
        return [str(thing)]
    if isinstance(thing, pikepdf.Array):
        inside = list(thing)
    elif isinstance(thing, pikepdf.Dictionary):
        inside = [value for _, value in thing.items()]
    else:
        return []
    return [s for value in inside if not getattr(value, "is_indirect", False) for s in strings(value)]


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITABLE, WRITABLE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    names = json.load(sys.stdin)["names"]
    why, content = "", b""
    try:
        content = blinded(sys.argv[1], names)
    except Withheld as error:
        why = str(error)
    except Exception:
        why = BROKEN
    sys.stdout.buffer.write(json.dumps({"withheld": why}).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
