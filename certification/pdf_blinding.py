"""Makes a PDF again without whatever could name its owner, in a process of its own with next to no rights (enterprises/confined.py).

Run as a script: the file's path as argument, {"names": [...]} as JSON on stdin. stdout is one line of JSON,
{"withheld": why}, and, when that is empty, the new file. Only what pages draw is taken over: no metadata, notes,
bookmarks, attachments or tags. Text is read by the fonts' own tables; what cannot be read cannot be cleared, so a page
with pictures, with drawn shapes or with letters of an unknown alphabet is withheld. Ruled lines may stay. A copy that a
person has redacted ({"by_hand": true}) may have all of these, for people read it; its readable text is searched all the same.
It imports nothing of the house.
"""

import io
import json
import re
import sys
import unicodedata
from typing import Any

MEMORY, SECONDS = 1_500_000_000, 10
NAMED = "文字里有能认出企业的内容"
PICTURES = "含有图片，机器不能确认图上没有企业名称"
ART = "含有图形，机器不能确认画的不是企业名称"
UNREADABLE = "文字不能由机器读出，不能确认没有企业名称"
BROKEN = "文件打不开"
KEPT = ("/MediaBox", "/CropBox", "/Rotate")
SHOWN = {"Tj", "'", '"'}
RESOURCES = ("/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading")
DEEPEST = 12
MOST_BENT = 12
"""Curves and slanting lines a page may have: three boxes with round corners, not the strokes of a name."""
MOST_PIECES = 6000
"""Level and upright lines and boxes of a page: large ruled tables, not letters made of squares."""
LEVEL = 0.01


class Withheld(Exception):
    pass


def plain(text: str) -> str:
    """As in certification/names.py; this file must stand alone."""
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff·•]", "", unicodedata.normalize("NFKC", text)).upper()


class Reading:
    """What one page says and draws so far. `by_hand`: a person has redacted it, so pictures and shapes may stay."""

    def __init__(self, *, by_hand: bool) -> None:
        self.by_hand, self.words, self.bent, self.pieces = by_hand, list[str](), 0, 0

    def withhold(self, why: str) -> None:
        if not self.by_hand:
            raise Withheld(why)

    def drawn(self, operator: str, numbers: list[float], at: tuple[float, float]) -> tuple[float, float]:
        """Count one piece of a path; returns where the pen stands."""
        if operator == "m":
            return numbers[0], numbers[1]
        if operator == "re":
            self.pieces += 1
            return at
        to = (numbers[-2], numbers[-1])
        if operator == "l" and (abs(to[0] - at[0]) <= LEVEL or abs(to[1] - at[1]) <= LEVEL):
            self.pieces += 1
        else:
            self.bent += 1
        if self.bent > MOST_BENT or self.pieces > MOST_PIECES:
            self.withhold(ART)
        return to


def blinded(path: str, names: list[str], *, by_hand: bool = False) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(path) as source, pikepdf.new() as made:
            words: list[str] = []
            for page in source.pages:
                resources = inherited(page.obj, "/Resources") or pikepdf.Dictionary()
                reading, used = Reading(by_hand=by_hand), set[str]()
                read_page(page, resources, 0, reading, used)
                words += reading.words
                blank = pikepdf.Dictionary(Type=pikepdf.Name.Page)
                for key in KEPT:
                    value = inherited(page.obj, key)
                    if value is not None:
                        blank[key] = value
                page.contents_coalesce()
                content = page.obj.get("/Contents")
                blank.Contents = made.make_stream(drawing(page) if content is not None else b"")
                fresh = made.make_indirect(blank)
                resources = only_used(resources, used)
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


def only_used(resources: Any, used: set[str]) -> Any:
    """The same resources without what nothing draws: a picture that is not shown would travel along unseen."""
    import pikepdf

    kept = pikepdf.Dictionary({key: value for key, value in resources.items() if key != "/XObject"})
    drawn = {key: value for key, value in (resources.get("/XObject") or {}).items() if key in used}
    if drawn:
        kept["/XObject"] = pikepdf.Dictionary(drawn)
    return kept


def read_page(thing: Any, resources: Any, depth: int, reading: Reading, used: set[str]) -> None:
    """What a page, or a form on it, writes and draws; Withheld for pictures, shapes and letters of an unknown alphabet.

    `used` gathers the names that are drawn out of `resources`; a form with resources of its own keeps only what it draws.
    """
    import pikepdf

    if depth > DEEPEST:
        raise Withheld(UNREADABLE)
    alphabet: dict[int, str] | None = {}
    width, at = 1, (0.0, 0.0)
    for instruction in pikepdf.parse_content_stream(thing):
        operator = str(instruction.operator)
        if operator in ("INLINE IMAGE", "BI", "sh"):
            reading.withhold(PICTURES)
            continue
        operands = list(instruction.operands)
        if operator in ("m", "l", "c", "v", "y", "re"):
            at = reading.drawn(operator, [float(n) for n in operands], at)
        elif operator == "Tf":
            alphabet, width = letters(resources.get("/Font", {}).get(str(operands[0])))
        elif operator in SHOWN or operator == "TJ":
            parts = operands[-1] if operator == "TJ" else [operands[-1]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    reading.words.append(spelled(bytes(part), alphabet, width, reading))
        elif operator == "Do":
            name = str(operands[0])
            inner = (resources.get("/XObject") or {}).get(name)
            if inner is None:
                continue
            used.add(name)
            if inner.get("/Subtype") != "/Form":
                reading.withhold(PICTURES)
            elif "/Resources" in inner:
                within: set[str] = set()
                read_page(inner, inner.Resources, depth + 1, reading, within)
                inner.Resources = only_used(inner.Resources, within)
            else:
                read_page(inner, resources, depth + 1, reading, used)
    look_at_paints(resources, reading)


def look_at_paints(resources: Any, reading: Reading) -> None:
    """Tiles, meshes and soft masks can draw anything, letters too."""
    import pikepdf

    for pattern in (resources.get("/Pattern") or {}).values():
        if isinstance(pattern, pikepdf.Stream) or isinstance(pattern.get("/Shading"), pikepdf.Stream):
            reading.withhold(PICTURES)
    for state in (resources.get("/ExtGState") or {}).values():
        if isinstance(state.get("/SMask"), pikepdf.Dictionary):
            reading.withhold(PICTURES)


def spelled(raw: bytes, alphabet: dict[int, str] | None, width: int, reading: Reading) -> str:
    try:
        return read(raw, alphabet, width)
    except Withheld as error:
        reading.withhold(str(error))
        return ""


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
        tellings = strings(thing)
        if isinstance(thing, pikepdf.Stream):
            try:
                raw = thing.read_bytes()
            except pikepdf.PdfError:
                raw = thing.read_raw_bytes()
            tellings += [raw.decode(code, "ignore") for code in ("utf-8", "utf-16-be", "gb18030")]
        else:
            tellings.append(thing.unparse(resolved=True).decode("utf-8", "ignore"))
        if any(name in plain(told) for told in tellings for name in names):
            return True
    return False


def strings(thing: Any) -> list[str]:
    """Every string and name in a value, and in the dictionary of a stream; what lies elsewhere is met by itself."""
    import pikepdf

    if isinstance(thing, pikepdf.String | pikepdf.Name):
        return [str(thing)]
    if isinstance(thing, pikepdf.Array):
        return [s for value in thing if not getattr(value, "is_indirect", False) for s in strings(value)]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        inside = [(str(key), value) for key, value in thing.items()]
        told = [s for _, value in inside if not getattr(value, "is_indirect", False) for s in strings(value)]
        return [key for key, _ in inside] + told
    return []


def main() -> None:
    told = json.load(sys.stdin)
    why, content = "", b""
    try:
        content = blinded(sys.argv[1], told["names"], by_hand=bool(told.get("by_hand")))
    except Withheld as error:
        why = str(error)
    except Exception:
        why = BROKEN
    sys.stdout.buffer.write(json.dumps({"withheld": why}).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
