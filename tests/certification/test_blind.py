"""Blind review: what gives a firm away is planted, and every page and file an expert can reach is searched for it."""

import io
import os
import re
import subprocess
import sys
from html import unescape

import pikepdf
import pytest
from django.urls import NoReverseMatch, reverse

from certification import blind, draw, expert_round, redact, reviewing
from certification.models import Application, Assignment, BlindPaper, Round, RoundCase
from certification.names import Veil, plain, short_names
from certification.papers import render
from enterprises.attach import keep, path_of
from enterprises.models import Enterprise, Membership
from foundation.accounts.models import User
from foundation.accounts.principal import Principal
from foundation.accounts.scope import scoped
from foundation.ledger import work
from foundation.refusals import Refused
from tests.building.addresses import Address, addresses
from tests.certification.test_draw import SHEET, fourth, who

CANARIES = {
    "legal_representative": "欧阳金雀", "contact_name": "司徒画眉", "contact_phone": "13909511234",
    "contact_email": "jinque@example.org", "address": "望远镇金雀路七十七号",
}  # fmt: skip
CONTROLLER, NAME = "慕容白鹭", "银川金丝雀轴承科技有限公司"


@pytest.fixture
def house(db, world):
    with scoped(Principal.system("test")) as _:
        yield Principal.system("test")


def planted_case() -> Application:
    """A case at the province whose firm is full of canaries, in answers as well as in what is registered."""
    application = Application.objects.filter(state="province_review", tier="specialised").order_by("-id")[0]
    Enterprise.objects.filter(pk=application.enterprise_id).update(name=NAME, **CANARIES)
    Application.objects.filter(pk=application.pk).update(enterprise_name=NAME)
    filed = application.submissions.order_by("-number")[0]
    text = (
        f"{NAME}（简称金丝雀轴承）由{CONTROLLER}创办，地址{CANARIES['address']}，电话 139 0951 1234，"
        f"法人欧 阳 金 雀，代码{application.credit_code}，邮箱{CANARIES['contact_email']}，金 丝 雀 轴 承专注十年。"
    )
    answers = filed.answers | CANARIES | {
        "actual_controller": CONTROLLER, "signed_by": CONTROLLER, "overview": text, "product_text": text, "main_product": "金丝雀轴承",
        "chain_text": text,
    }  # fmt: skip
    evidence = [{**p, "original_name": f"{NAME}.pdf", "title": f"{NAME}审计报告"} for p in filed.evidence]
    type(filed).objects.filter(pk=filed.pk).update(answers=answers, evidence=evidence)
    return Application.objects.get(pk=application.pk)


def canaries(application: Application) -> list[str]:
    told = [*CANARIES.values(), CONTROLLER, NAME, "金丝雀", application.credit_code, application.receipt_number or "-"]
    told += [m.user.name for m in Membership.objects.filter(enterprise=application.enterprise).select_related("user")]
    told += [application.public_id, application.enterprise.public_id]
    return [plain(t) for t in told]


def scoring(*chosen: Application, per_case: int = 3) -> Round:
    made = expert_round.make_round(chosen, actor=who("sheng-shenhe"), title="遮名一轮", per_case=per_case, sheet=SHEET)
    draw.draw(made, actor=who("sheng-shenhe"))
    for task in Assignment.objects.filter(round=made).select_related("expert__user", "round"):
        reviewing.declare(task, actor=Principal.of_user(task.expert.user))
    expert_round.open_scoring(made, actor=who("sheng-shenhe"))
    work.drain([blind.KIND])
    return made


def reachable(found: list[Address], task: Assignment, papers: list[BlindPaper]) -> list[str]:
    """Every address that an expert's session opens, from the URL conf and the guard on the view."""
    urls = []
    for address in found:
        opens = address.guard == "signed-in" or address.guard.startswith("role:expert@")
        if not opens:
            continue
        for number in {p.number for p in papers} if "<int:number>" in address.route else {None}:
            values = {"public_id": task.public_id, "number": number or 1, "page": 1, "photo_id": "none"}
            if address.route.startswith("papers/"):  # the firm's own file, asked for by its true name
                values["public_id"] = task.case.application.submissions.first().evidence[0]["public_id"]
            kwargs = {name: values[name] for name in re.findall(r"<\w+:(\w+)>", address.route)}
            try:
                urls.append(reverse(address.name, kwargs=kwargs))
            except NoReverseMatch:
                urls.append("/" + address.route)
    return sorted(urls)


def text_of(answer) -> str:
    """Headers and body, a file unpacked: whatever leaves the house."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = [str(dict(answer.headers)), body.decode("utf-8", "ignore"), body.decode("utf-16-be", "ignore")]
    if body.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(body)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    told += [thing.read_bytes().decode(code, "ignore") for code in ("utf-8", "utf-16-be", "gb18030")]
                told.append(repr(thing))
    return plain(unescape(" ".join(told)))


def found_by(world, task: Assignment, names: list[str]) -> dict[str, list[str]]:
    """Address → the canaries that sing there; each page is asked by GET and, where it takes one, by a refused POST."""
    client = world.signed_in(task.expert.user.username)
    papers = list(BlindPaper.objects.filter(case=task.case))
    told, opened = {}, 0
    for url in reachable(addresses(), task, papers):
        answers = [client.get(url)]
        if url.startswith("/reviews/") and url.count("/") == 3:
            answers.append(client.post(url, {"p1": "x", "comment": ""}))
        for answer in answers:
            opened += answer.status_code == 200
            words = text_of(answer)
            if hits := [name for name in names if name in words]:
                told[url] = hits
    assert opened >= 3, "the hunt opened nothing"
    return told


def test_no_canary_of_the_firm_sings_on_any_page_or_file_an_expert_can_reach(house, world):
    application = planted_case()
    made = scoring(application)
    for task in Assignment.objects.filter(round=made).select_related("expert__user", "case"):
        assert found_by(world, task, canaries(application)) == {}


def test_the_hunt_also_holds_after_scoring_and_after_the_round_is_closed(house, world):
    application = planted_case()
    made = scoring(application)
    for task in Assignment.objects.filter(round=made).select_related("expert__user", "case"):
        actor = Principal.of_user(task.expert.user)
        reviewing.score(reviewing.find(actor, task.public_id), {"p1": "1", "p2": "2"}, "意见", actor=actor)
    assert found_by(world, task, canaries(application)) == {}
    expert_round.close(Round.objects.get(pk=made.pk), actor=who("sheng-shenhe"))
    assert found_by(world, task, canaries(application)) == {}


def test_the_hunt_finds_a_name_that_slipped_through_a_page(house, world, monkeypatch):
    application = planted_case()
    made = scoring(application)
    monkeypatch.setattr(Veil, "__call__", lambda self, text: text)
    task = Assignment.objects.filter(round=made).select_related("expert__user", "case").first()
    assert "金丝雀" in found_by(world, task, canaries(application))[f"/reviews/{task.public_id}/"]


def test_the_hunt_finds_a_name_that_slipped_through_a_file(house, world):
    application = planted_case()
    made = scoring(application)
    task = Assignment.objects.filter(round=made).select_related("expert__user", "case").first()
    content, digest = pdf_with_title(NAME)
    keep(content, digest)
    paper = BlindPaper.objects.filter(case=task.case).first()
    BlindPaper.objects.filter(pk=paper.pk).update(sha256=digest, withheld="")
    assert f"/reviews/{task.public_id}/papers/{paper.number}.pdf" in found_by(world, task, canaries(application))


def test_an_expert_reaches_no_page_of_cases_enterprises_or_offices(house, world):
    client = world.signed_in("zhuanjia-1")
    application = Application.objects.exclude(submitted_at=None).first()
    shut = [
        reverse("certification:worklist"), reverse("certification:case", args=[application.public_id]),
        reverse("home:desk"), reverse("certification:rounds"), reverse("certification:titles"), reverse("home:overview"),
        reverse("enterprises:enterprise", args=[application.enterprise.public_id]),
        reverse("certification:experts"),
    ]  # fmt: skip
    assert {url: client.get(url).status_code for url in shut} == dict.fromkeys(shut, 404)
    assert client.get(reverse("home:start"), follow=True).redirect_chain == [(reverse("certification:reviews"), 302)]


def test_an_expert_has_no_reach_even_beside_another_post(house):
    from foundation.accounts.models import Office, Post

    user = User.objects.get(username="zhuanjia-1")
    Post.objects.create(
        user=user, office=Office.objects.get(body="64", kind="industry"), role="reviewer", since="2024-01-01"
    )
    principal = Principal.of_user(user)
    assert (principal.reach, principal.roles) == ((), frozenset({"expert"}))
    with scoped(principal):
        assert list(Application.objects.all()) == [] and list(RoundCase.objects.all()) == []


def test_an_expert_of_another_round_gets_the_same_as_for_nothing(house, world):
    made = scoring(planted_case(), per_case=2)
    task = Assignment.objects.filter(round=made).first()
    outsider = fourth("zhuanjia-9")
    client = world.signed_in(outsider.user.username)
    urls = [reverse("certification:review", args=[task.public_id]),
            reverse("certification:review_paper", args=[task.public_id, 1])]  # fmt: skip
    assert [client.get(url).status_code for url in urls] == [404, 404]
    post = [client.post(urls[0], {"p1": "1"}), client.post(f"{urls[0]}declare/"), client.post(f"{urls[0]}recuse/")]
    assert [answer.status_code for answer in post] == [404, 404, 404]
    assert client.get(urls[0]).content.count(b"404") == client.get("/reviews/never0000000000/").content.count(b"404")


def test_before_the_scoring_phase_an_expert_sees_no_case(house, world):
    made = expert_round.make_round(
        [planted_case()], actor=who("sheng-shenhe"), title="未开始", per_case=3, sheet=SHEET
    )  # fmt: skip
    draw.draw(made, actor=who("sheng-shenhe"))
    task = Assignment.objects.filter(round=made).select_related("expert__user").first()
    page = world.signed_in(task.expert.user.username).get(f"/reviews/{task.public_id}/").content.decode()
    assert "回避申报" in page and "条件核对" not in page and "企业介绍" not in page


@pytest.mark.parametrize(
    "written",
    [
        "银川金丝雀轴承科技有限公司",
        "金丝雀轴承",
        "金 丝 雀 轴 承",
        "金\u200b丝\u200b雀轴承",
        "金·丝·雀·轴·承",
        "ＪＱ１２３４５",
    ],
)
def test_the_veil_takes_a_name_out_however_it_is_spelled(house, written):
    veil = Veil([NAME, *short_names(NAME), "JQ12345"], "甲")
    told = veil(f"我们{written}是主体")
    assert told.startswith("我们〔企业甲〕") and not veil.finds(told)


def test_the_rest_of_a_text_stays_as_it_was_written(house):
    assert Veil(short_names(NAME), "甲")("金丝雀轴承，专注（十年）；９８％") == "〔企业甲〕，专注（十年）；９８％"


def test_a_text_that_still_sounds_of_the_name_goes_as_a_whole(house):
    veil = Veil(short_names(NAME), "甲")
    veil.pattern = re.compile(r"(?!)")
    assert veil("金丝雀轴承，专注十年") == "〔本段含有〔企业甲〕的名称，已整段遮去〕"


@pytest.mark.parametrize("written", ["13800001111", "138 0000 1111", "0951-6012345", "a@b.example.org", "www.x.cn"])
def test_telephones_and_addresses_of_the_net_are_hidden_whoever_they_belong_to(house, written):
    assert Veil([], "甲")(f"请联系{written}。").startswith("请联系〔已遮去〕")


def pdf_with_title(title: str) -> tuple[bytes, str]:
    import hashlib

    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Title"] = title
        with made.open_metadata() as told:
            told["dc:creator"] = [title]
        made.save(out)
    return out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest()


def blinded(content: bytes, name: str = "paper.pdf") -> tuple[bytes, str]:
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    keep(content, digest)
    return blind.blind_file(path_of(digest), name, [plain(NAME), plain("金丝雀轴承")])


def test_the_metadata_of_a_file_stay_behind(house):
    content, why = blinded(pdf_with_title(NAME)[0])
    assert why == ""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1 and not dict(pdf.docinfo) and "/Metadata" not in pdf.Root
    assert plain(NAME).encode() not in content and plain(NAME).encode("utf-16-be") not in content


def printed(name: str) -> bytes:
    """A page set by the house's own press, in real fonts."""
    told = {
        "name": name, "code": "X", "tier": "层级", "number": "1", "act": "评价", "by": "某厅", "document": "1", "from": "", "until": "",
        "announced": "", "address": "x", "qr": "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'></svg>", "specimen": True, "stamp": "", "ended": "", "imported": False,
    }  # fmt: skip
    return render("certificate", told)


def test_a_file_whose_text_names_the_firm_is_withheld_with_the_reason(house):
    content, why = blinded(printed(NAME))
    assert (content, why) == (b"", "文字里有能认出企业的内容")


def test_a_file_whose_text_can_be_read_and_names_nobody_is_given_out(house):
    content, why = blinded(printed("与本案无关的字样"))
    assert why == "" and content.startswith(b"%PDF-")


def test_a_file_is_withheld_when_its_letters_have_no_alphabet(house):
    raw = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed("看不懂的字样"))) as made:
        for thing in made.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]
        made.save(raw)
    assert blinded(raw.getvalue()) == (b"", "文字不能由机器读出，不能确认没有企业名称")


def test_a_file_with_pictures_is_withheld_because_nobody_has_read_them(house):
    from PIL import Image

    raw = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        image = made.make_stream(Image.new("L", (4, 4)).tobytes())
        for key, value in {"/Subtype": pikepdf.Name.Image, "/Width": 4, "/Height": 4, "/BitsPerComponent": 8}.items():
            image[key] = value
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.obj.Contents = made.make_stream(b"q 10 0 0 10 0 0 cm /I Do Q")
        made.save(raw)
    assert blinded(raw.getvalue()) == (b"", "含有图片，机器不能确认图上没有企业名称")


@pytest.mark.parametrize("name", ["照片.jpg", "表.xlsx", "说明.docx"])
def test_what_is_not_a_pdf_is_withheld(house, name):
    content, why = blinded(pdf_with_title("x")[0], name)
    assert content == b"" and "不是 PDF" in why


def test_a_blind_copy_is_no_orphan_when_files_are_compared_with_rows(house):
    from enterprises.reconcile import reconcile

    made = scoring(planted_case())
    papers = list(BlindPaper.objects.filter(case__round=made).exclude(sha256=""))
    assert papers and reconcile(young=0).is_sound
    assert all(path_of(paper.sha256).is_file() for paper in papers)
    path_of(papers[0].sha256).unlink()
    assert reconcile(young=0).missing == [papers[0].sha256]


def test_a_worker_that_serves_no_page_knows_how_to_make_blind_copies():
    told = (
        "import django; django.setup(); from foundation.ledger.work import HANDLERS; print('blind.papers' in HANDLERS)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", told], capture_output=True, text=True, env=env, check=True
    )
    assert done.stdout.strip().endswith("True")


def test_the_office_is_told_which_paper_was_withheld_and_why(house, world):
    application = planted_case()
    made = scoring(application)
    paper = BlindPaper.objects.filter(case__round=made).first()
    BlindPaper.objects.filter(pk=paper.pk).update(withheld="文字里有能认出企业的内容", sha256="")
    page = world.signed_in("sheng-shenhe").get(reverse("certification:round", args=[made.public_id])).content.decode()
    assert f"{paper.kind}：没有提供。文字里有能认出企业的内容" in page


def test_every_phase_says_what_experts_and_the_office_see_and_scores_come_last(house):
    from certification.states import ROUND

    assert set(reviewing.PHASES) == set(ROUND.labels)
    assert [name for name, phase in reviewing.PHASES.items() if "scores" in phase.office_sees] == ["closed"]
    assert [name for name, phase in reviewing.PHASES.items() if "case" in phase.expert_sees] == ["scoring"]


def test_each_opening_of_a_paper_is_recorded(house, world):
    from foundation.audit.models import AuditEvent

    made = scoring(planted_case())
    task = Assignment.objects.filter(round=made).select_related("expert__user", "case").first()
    number = BlindPaper.objects.filter(case=task.case, withheld="").first().number
    url = reverse("certification:review_paper", args=[task.public_id, number])
    assert world.signed_in(task.expert.user.username).get(url).status_code == 200
    seen = AuditEvent.objects.get(act="assignment.open", object_id=task.public_id)
    assert seen.sentence == f"{task.expert}打开了评审件{task.blind_code}的材料{number}"
    told = AuditEvent.objects.get(act="application.expert_look", enterprise_id=task.case.application.enterprise_id)
    assert (told.office_name, task.expert.user.name in repr(told.__dict__)) == ("评审专家", False)
    member = Membership.objects.filter(enterprise_id=told.enterprise_id, state="verified").first().user
    words = world.signed_in(member.username).get("/my/viewers/").content.decode()
    assert "评审专家</td>" in words and "打开了隐去企业名称的评审材料" in words and task.expert.user.name not in words


def drawn(content: bytes, **resources: object) -> bytes:
    raw = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.obj.Contents = made.make_stream(content)
        if resources:
            page.obj.Resources = pikepdf.Dictionary({f"/{k}": v(made) for k, v in resources.items()})
        made.save(raw)
    return raw.getvalue()


def test_a_name_drawn_as_strokes_is_withheld_and_a_ruled_table_is_not(house):
    strokes = b"10 10 m " + b"12 14 15 18 20 20 c " * 40 + b"f"
    assert blinded(drawn(strokes)) == (b"", "含有图形，机器不能确认画的不是企业名称")
    slanting = b" ".join(b"%d 10 m %d 30 l" % (n, n + 7) for n in range(40)) + b" S"
    assert blinded(drawn(slanting))[0] == b""
    grid = (
        b" ".join(b"50 %d m 550 %d l %d 100 m %d 700 l" % (n, n, n, n) for n in range(100, 500, 10))
        + b" S 50 50 500 20 re f"
    )
    content, why = blinded(drawn(grid))
    assert why == "" and content.startswith(b"%PDF-")


def a_picture(made: pikepdf.Pdf) -> pikepdf.Stream:
    image = made.make_stream(b"\xee" * 16)
    for key, value in {"/Subtype": pikepdf.Name.Image, "/Width": 4, "/Height": 4, "/BitsPerComponent": 8}.items():
        image[key] = value
    image["/ColorSpace"] = pikepdf.Name.DeviceGray
    return image


def test_a_picture_that_no_page_shows_does_not_travel_along(house):
    def form(made: pikepdf.Pdf) -> pikepdf.Stream:
        inner = made.make_stream(b"0 0 m 10 0 l S")
        inner["/Subtype"], inner["/BBox"] = pikepdf.Name.Form, pikepdf.Array([0, 0, 10, 10])
        inner["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Hidden=a_picture(made)))
        return inner

    content, why = blinded(
        drawn(b"/Shown Do", XObject=lambda made: pikepdf.Dictionary(Shown=form(made), Unseen=a_picture(made)))
    )
    assert why == ""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        assert not [thing for thing in streams if thing.get("/Subtype") == "/Image"]
        assert [thing for thing in streams if thing.get("/Subtype") == "/Form"]


@pytest.mark.parametrize("place", ["value", "key"])
def test_a_name_in_the_dictionary_of_a_stream_is_found(house, place):
    def form(made: pikepdf.Pdf) -> pikepdf.Stream:
        inner = made.make_stream(b"0 0 m 10 0 l S")
        inner["/Subtype"], inner["/BBox"] = pikepdf.Name.Form, pikepdf.Array([0, 0, 10, 10])
        inner["/Note"] = pikepdf.String(NAME) if place == "value" else pikepdf.Dictionary({f"/{NAME}": 1})
        return inner

    told = drawn(b"/Shown Do", XObject=lambda made: pikepdf.Dictionary(Shown=form(made)))
    assert blinded(told) == (b"", "文字里有能认出企业的内容")


def test_the_processes_that_open_strangers_files_do_not_know_the_portal_s_keys(house, tmp_path, monkeypatch):
    from certification import pdf_blinding
    from enterprises import attach, opening

    script = tmp_path / "tells.py"
    script.write_text(
        "import json, os, sys\nprint(json.dumps({'withheld': ' '.join(os.environ), 'problem': ' '.join(os.environ), 'hint': ''}))\n"
    )
    for name in ("SECRET_KEY", "AUDIT_SEAL_KEY", "DATABASE_URL"):
        monkeypatch.setenv(name, "known")
    for module in (pdf_blinding, opening):
        monkeypatch.setattr(module, "__file__", str(script))
    told = [blind.made_again(script, [])[1], attach.look(b"x", ".pdf")[0]]
    assert all("LC_ALL" in names for names in told)
    assert not {"SECRET_KEY", "AUDIT_SEAL_KEY", "DATABASE_URL"} & set(" ".join(told).split())


def scanned() -> bytes:
    return drawn(b"q 10 0 0 10 0 0 cm /I Do Q", XObject=lambda made: pikepdf.Dictionary(I=a_picture(made)))


def upload(content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(f"{NAME}-遮名.pdf", content, content_type="application/pdf")


def withheld_paper() -> BlindPaper:
    made = scoring(planted_case())
    paper = BlindPaper.objects.filter(case__round=made).first()
    BlindPaper.objects.filter(pk=paper.pk).update(withheld="含有图片，机器不能确认图上没有企业名称", sha256="")
    return redact.find(made, paper.case.public_id, str(paper.number), actor=who("sheng-shenhe"))


def test_a_copy_redacted_by_hand_reaches_the_experts_when_a_second_person_has_approved_it(house, world):
    paper = withheld_paper()
    round_, number = paper.case.round, paper.number
    task = Assignment.objects.filter(case=paper.case).select_related("expert__user").first()
    expert = world.signed_in(task.expert.user.username)
    address = reverse("certification:review_paper", args=[task.public_id, number])
    office, url = world.signed_in("sheng-shenhe"), reverse("certification:round_redact", args=[round_.public_id])
    about = {"case": paper.case.public_id, "number": str(number)}
    assert office.post(url, about | {"act": "offer", "file": upload(scanned())}).status_code == 302
    assert expert.get(address).status_code == 404
    assert office.post(url, about | {"act": "approve"}).status_code == 409, "not by whoever made it"
    second = world.signed_in("sheng-chuzhang")
    page = second.get(reverse("certification:round", args=[round_.public_id])).content.decode()
    assert "打开核对" in page and "看过，通过" in page
    read = second.get(reverse("certification:round_redacted", args=[round_.public_id]), about)
    assert read.status_code == 200 and b"".join(read.streaming_content).startswith(b"%PDF-")
    assert second.post(url, about | {"act": "approve"}).status_code == 302
    assert expert.get(address).status_code == 200
    assert found_by(world, task, canaries(paper.case.application)) == {}
    assert world.signed_in("xingqing").post(url, about | {"act": "approve"}).status_code == 404


def test_a_redacted_copy_with_a_name_that_can_be_read_is_refused_and_one_turned_down_may_be_offered_again(house):
    paper = withheld_paper()
    with pytest.raises(Refused, match="能认出企业"):
        redact.offer(paper, upload(printed(NAME)), actor=who("sheng-shenhe"))
    redact.offer(paper, upload(scanned()), actor=who("sheng-shenhe"))
    from enterprises.reconcile import reconcile

    assert reconcile(young=0).is_sound, "a copy that waits is no orphan"
    redact.turn_down(paper, "右下角印章没有遮住", actor=who("sheng-chuzhang"))
    assert (paper.redacted_sha256, paper.redacted_by_id) == ("", None)
    redact.offer(paper, upload(scanned()), actor=who("sheng-shenhe"))
