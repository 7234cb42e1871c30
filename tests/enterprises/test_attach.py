"""What is taken in is what it says it is; what is not is refused before a byte is kept."""

import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises import attach as door
from enterprises import scan
from enterprises.attach import attach, path_of
from enterprises.models import Evidence
from enterprises.views.papers import disposition
from foundation import clock
from foundation.accounts.principal import Principal
from foundation.audit.models import AuditEvent
from foundation.refusals import Missing, Refused
from tests.assertions import assert_same_answer
from tests.enterprises_papers import HOSTILE, SOUND, pdf, png
from tests.factories import make_enterprise, make_member


@pytest.fixture
def firm(house, private_root):
    return make_enterprise()


@pytest.fixture
def member(firm):
    return Principal.of_user(make_member(firm))


def upload(firm, member, content, name="审计报告.pdf", **more):
    return attach(firm, SimpleUploadedFile(name, content), kind="audit", title="", actor=member, **more)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_kept_under_its_own_hash(firm, member, name):
    make, media_type = SOUND[name]
    content = make()
    paper = upload(firm, member, content, name)
    digest = hashlib.sha256(content).hexdigest()
    assert (paper.sha256, paper.size, paper.media_type, paper.title) == (
        digest, len(content), media_type, name.rpartition(".")[0],
    )  # fmt: skip
    assert path_of(digest).read_bytes() == content


@pytest.mark.parametrize(("why", "name"), [(why, name) for why, files in HOSTILE.items() for name in files])
def test_a_hostile_file_is_refused_for_what_is_wrong_with_it_and_leaves_nothing(firm, member, private_root, why, name):
    with pytest.raises(Refused) as refusal:
        upload(firm, member, HOSTILE[why][name](), name)
    (problem,) = refusal.value.problems
    assert (refusal.value.code, problem.field, problem.message) == ("invalid", "file", why)
    assert problem.hint
    assert (Evidence.objects.count(), list(private_root.rglob("*"))) == (0, [])


def test_a_file_that_never_finishes_opening_is_given_up(monkeypatch):
    monkeypatch.setattr(door, "PATIENCE", 0.001)
    assert door.look(pdf(), ".pdf") == ("文件打不开，或展开后过大，不能接受", "")


def test_the_limit_is_twenty_megabytes(firm, member, monkeypatch):
    monkeypatch.setattr(door, "LARGEST", 100)
    with pytest.raises(Refused) as refusal:
        upload(firm, member, pdf())
    assert (refusal.value.code, refusal.value.status) == ("too_large", 413)


def test_the_same_file_for_the_same_purpose_is_one_row(firm, member):
    content = pdf()
    assert upload(firm, member, content) == upload(firm, member, content, "另一个名字.pdf")
    assert AuditEvent.objects.filter(act="evidence.attach").count() == 1


def test_a_stranger_and_a_viewer_cannot_attach(firm, stranger):
    for actor in (Principal.of_user(stranger), Principal.of_user(make_member(firm, role="viewer"))):
        with pytest.raises(Missing):
            upload(firm, actor, pdf())


def test_without_a_scanner_the_state_says_so(firm, member):
    assert upload(firm, member, pdf()).get_scan_state_display() == "未接入病毒扫描"


@pytest.mark.parametrize(("answer", "state"), [("stream: OK", "clean"), ("stream: 什么也不是", "pending")])
def test_a_scanner_that_answers_decides_and_one_that_stammers_leaves_it_pending(settings, monkeypatch, answer, state):
    settings.SCANNER = "clamd:/run/clamd.sock"
    monkeypatch.setattr(scan, "ask", lambda place, content: answer)
    assert scan.state_of(b"x") == state


def test_a_silent_scanner_leaves_the_file_pending_and_inside(firm, member, settings, signed_in, tmp_path):
    settings.SCANNER = f"clamd:{tmp_path}/nobody.sock"
    paper = upload(firm, member, pdf())
    assert paper.scan_state == "pending"
    owner = make_member(firm)
    assert signed_in(owner).get(reverse("enterprises:evidence", args=[paper.public_id])).status_code == 409


def test_an_infected_file_is_refused(firm, member, settings, monkeypatch):
    settings.SCANNER = "clamd:/run/clamd.sock"
    monkeypatch.setattr(scan, "ask", lambda place, content: "stream: Eicar FOUND")
    with pytest.raises(Refused):
        upload(firm, member, pdf())
    assert Evidence.objects.count() == 0


def test_a_download_is_an_attachment_that_no_browser_runs(firm, member, signed_in):
    paper = upload(firm, member, png(), "营业执照（副本）.png")
    answer = signed_in(make_member(firm, role="viewer")).get(reverse("enterprises:evidence", args=[paper.public_id]))
    assert b"".join(answer.streaming_content) == png()
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"________.png\"; filename*=UTF-8''"
        "%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%EF%BC%88%E5%89%AF%E6%9C%AC%EF%BC%89.png"
    )


def test_a_name_cannot_break_out_of_its_header():
    assert (
        disposition('a"\r\nX: y.pdf')
        == "attachment; filename=\"a___X__y.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20y.pdf"
    )


def test_behind_the_proxy_the_file_is_handed_over_by_it(firm, member, signed_in, settings):
    settings.X_ACCEL = True
    paper = upload(firm, member, pdf())
    answer = signed_in(make_member(firm)).get(reverse("enterprises:evidence", args=[paper.public_id]))
    assert answer["X-Accel-Redirect"] == f"/private/{paper.sha256[:2]}/{paper.sha256}"
    assert answer.content == b""


def test_a_foreign_paper_is_missing_for_members_and_offices_alike(firm, member, signed_in, other_county, stranger):
    paper = upload(firm, member, pdf())
    for user in (make_member(make_enterprise("64/ND")), other_county, stranger):
        assert signed_in(user).get(reverse("enterprises:evidence", args=[paper.public_id])).status_code == 404


def test_a_file_that_is_gone_says_so_and_is_not_an_error(firm, member, signed_in):
    paper = upload(firm, member, pdf())
    path_of(paper.sha256).unlink()
    assert signed_in(make_member(firm)).get(reverse("enterprises:evidence", args=[paper.public_id])).status_code == 503


def test_the_page_keeps_a_paper_and_tells_what_is_wrong_with_another(firm, signed_in):
    client = signed_in(make_member(firm))
    url = reverse("enterprises:papers")
    sound = SimpleUploadedFile("审计报告.pdf", pdf())
    assert client.post(url, {"file": sound, "kind": "audit", "year": "2025"}).status_code == 302
    paper = Evidence.objects.get()
    assert (paper.title, paper.year) == ("审计报告", 2025)
    page = client.get(url).content.decode()
    assert "未接入病毒扫描" in page
    wrong = client.post(url, {"file": SimpleUploadedFile("a.docx", pdf()), "kind": "other"})
    assert wrong.status_code == 422
    assert "文件打不开，可能已损坏，或内容与扩展名不符" in wrong.content.decode()
    assert json.dumps([p.field for p in wrong.context["problems"]]) == '["file"]'


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/审计报告.pdf", "审计报告.pdf"),
        ("C:\\Users\\zhang\\桌面\\审计报告.pdf", "审计报告.pdf"),
        ("审计\0报告.pdf", "审计报告.pdf"),
        ("审计\u202e报告\u2066.pdf", "审计报告.pdf"),
        ("审计\r\nSet-Cookie: a=b\u200b报告.pdf", "审计Set-Cookie: a=b报告.pdf"),
        ("财" * 300 + ".pdf", "财" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_without_what_hides_or_turns_it_round(firm, member, sent, kept):
    file = SimpleUploadedFile("a.pdf", pdf())
    file._name = sent  # past the framework's own cleaning: verbs are also called by doors that read no form
    paper = attach(firm, file, kind="audit", title="", actor=member)
    assert paper.original_name == kept
    assert paper.title == kept.removesuffix(".pdf")[:160]


def test_a_title_cannot_turn_the_page_round(firm, member):
    paper = attach(firm, SimpleUploadedFile("a.pdf", pdf()), kind="audit", title=" 审计\u202e报告\0 ", actor=member)
    assert paper.title == "审计报告"


def test_a_name_with_markup_is_shown_as_text(firm, signed_in, private_root):
    client = signed_in(make_member(firm))
    client.post(reverse("enterprises:papers"), {"kind": "audit", "title": "<script>x</script>", "file": named("a.pdf")})
    page = client.get(reverse("enterprises:papers")).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


def named(name, content=None):
    return SimpleUploadedFile(name, pdf() if content is None else content)


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("审计报告.pdf", 20 * 1024 * 1024 + 1, "文件过大"),
        ("审计报告.pdf", 0, "文件是空的"),
        ("审计报告.svg", 5, "不接受“.svg”的文件"),
    ],
)
def test_a_file_that_is_not_taken_is_told_at_its_field_and_the_rest_is_still_there(firm, signed_in, name, size, said):
    typed = {"kind": "rd_audit", "title": "研发费用专项审计报告", "year": str(clock.today().year - 1)}
    url = reverse("enterprises:papers")
    answer = signed_in(make_member(firm)).post(url, typed | {"file": named(name, b"x" * size)})
    page = answer.content.decode()
    assert (answer.status_code, [p.field for p in answer.context["problems"]]) == (422, ["file"])
    assert said in page
    assert 'href="#f-file"' in page
    assert 'value="研发费用专项审计报告"' in page
    assert '<option value="rd_audit" selected>' in page
    assert f'<option value="{typed["year"]}" selected>' in page
    assert Evidence.objects.count() == 0


def test_exactly_twenty_megabytes_are_taken_and_a_byte_more_is_not(firm, member):
    largest = pdf().ljust(door.LARGEST, b"\n")
    assert upload(firm, member, largest).size == 20 * 1024 * 1024
    with pytest.raises(Refused) as refusal:
        upload(firm, member, largest + b"\n")
    assert refusal.value.code == "too_large"


def test_a_foreign_paper_and_a_missing_one_are_the_same_byte_for_byte(firm, member, signed_in, county, stranger):
    paper = upload(firm, member, pdf())
    foreign, missing = (reverse("enterprises:evidence", args=[code]) for code in (paper.public_id, "0" * 16))
    for user in (make_member(make_enterprise("64/ND")), stranger):
        client = signed_in(user)
        assert_same_answer(client.get(foreign), client.get(missing))
    assert signed_in(county).get(foreign).status_code == 200
