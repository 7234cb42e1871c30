"""Files made on the spot: sound ones, and hostile ones that only look sound."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def pdf(script: bool = False, attachment: bool = False, password: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if script:
            made.Root.Names = pikepdf.Dictionary(
                JavaScript=pikepdf.Dictionary(
                    Names=["x", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")]
                )
            )
        if attachment:
            made.attachments["a.txt"] = b"hidden"
        if password:
            made.save(out, encryption=pikepdf.Encryption(user=password, owner=password))
        else:
            made.save(out)
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return out.getvalue()


def huge_png(side: int = 20000) -> bytes:
    """A few hundred bytes that claim 400 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def office(folder: str = "word/", types: str = TYPES, **entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(f"{folder}document.xml", "<x/>")
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def bomb(size: int = 150 * 1024 * 1024) -> bytes:
    """Zeros that unpack a thousandfold."""
    return office(word__media_dot_bin=b"\0" * size)


def many_entries(number: int = 2500) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for n in range(number):
            archive.writestr(f"word/{n}.xml", "<x/>")
    return out.getvalue()


def lying_bomb() -> bytes:
    """The directory says ten bytes; the stream goes on."""
    content = office(word__media_dot_bin=b"\0" * (250 * 1024 * 1024))
    true = struct.pack("<I", 250 * 1024 * 1024)
    return content.replace(true, struct.pack("<I", 10))


HOSTILE = {
    "脚本.pdf": lambda: pdf(script=True),
    "夹带.pdf": lambda: pdf(attachment=True),
    "密码.pdf": lambda: pdf(password="secret"),
    "网页.pdf": lambda: b"<html><script>alert(1)</script></html>",
    "截断.pdf": lambda: pdf()[:60],
    "压缩包.pdf": lambda: pdf() + office(),
    "图片其实是网页.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "四亿像素.png": huge_png,
    "带网页.png": lambda: png() + b"<script>alert(1)</script>",
    "带压缩包.jpg": lambda: jpeg() + office(),
    "其实是PNG.jpg": png,
    "宏.docx": lambda: office(word__vbaProject_dot_bin=b"macro"),
    "宏类型.docx": lambda: office(types=TYPES.replace("</", "<Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></")
        if "</" in TYPES else TYPES[:-2] + "><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"),
    "内嵌程序.docx": lambda: office(word__embeddings__a_dot_exe=b"MZ"),
    "嵌套压缩包.docx": lambda: office(word__a_dot_zip=b"PK"),
    "炸弹.docx": bomb,
    "说谎的炸弹.docx": lying_bomb,
    "太多条目.docx": many_entries,
    "普通压缩包.docx": lambda: office(folder="other/"),
    "表格当文档.docx": lambda: office(folder="xl/"),
    "其实是PDF.xlsx": pdf,
    "空.pdf": lambda: b"",
    "程序.exe": lambda: b"MZ",
    "网页.html": lambda: b"<html></html>",
    "矢量图.svg": lambda: b"<svg/>",
    "没有扩展名": pdf,
    "双扩展名.pdf.exe": pdf,
}  # fmt: skip
SOUND = {
    "审计报告.pdf": (pdf, "application/pdf"),
    "营业执照.PNG": (png, "image/png"),
    "证书.jpg": (jpeg, "image/jpeg"),
    "证书.jpeg": (jpeg, "image/jpeg"),
    "说明.docx": (office, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "表.xlsx": (lambda: office(folder="xl/"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
