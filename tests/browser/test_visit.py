"""On the spot with a phone: the signal goes, the work goes on, and everything arrives once when it is back."""

import base64
import re

from playwright.sync_api import expect

from tests.browser.hand import click

PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEB"
    "AREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q=="
)
COUNT = (
    "from certification.models import VisitLine, VisitPhoto\n"
    "from foundation.audit.models import AuditEvent\n"
    "from foundation.accounts.scope import system_scope\n"
    "with system_scope('test'):\n"
    "    print(VisitLine.objects.filter(note='少两台设备，无信号时记下').count(), VisitPhoto.objects.count(),"
    " VisitPhoto.objects.filter(hashed_at_capture=True).count(),"
    " AuditEvent.objects.filter(act='visit.photograph').count())"
)


def test_what_is_typed_and_taken_without_a_signal_arrives_once_when_it_is_back(person, portal):
    desk = person(width=390, height=844)
    desk.sign_in("xingqing")
    desk.go("/desk/visits/?state=planned")
    page = desk.page
    click(page.locator("tbody th a").first)
    unsent = page.locator("#unsent")
    expect(unsent).to_have_text("全部已送达")
    address = page.url
    desk.context.set_offline(True)
    line = page.locator("[data-line='1']")
    line.get_by_label("不符").check()
    line.locator("textarea").fill("少两台设备，无信号时记下")
    page.locator("#camera").set_input_files({"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": PIXEL})
    expect(unsent).to_contain_text("2 项未送出")
    before = portal.manage("shell", "-v", "0", "-c", COUNT).split()
    assert before[:2] == ["0", "0"]
    desk.context.set_offline(False)
    desk.faults[:] = [fault for fault in desk.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    expect(unsent).to_have_text("全部已送达", timeout=20_000)
    assert portal.manage("shell", "-v", "0", "-c", COUNT).split() == ["1", "1", "1", "1"]
    # The page is opened again, as after the phone slept: what was written is there, and nothing is sent a second time.
    page.goto(address)
    expect(page.locator("[data-line='1'] textarea")).to_have_value("少两台设备，无信号时记下")
    expect(page.locator("#unsent")).to_have_text("全部已送达")
    assert portal.manage("shell", "-v", "0", "-c", COUNT).split() == ["1", "1", "1", "1"]
    for place in range(2, page.locator("[data-line]").count() + 1):
        page.locator(f"[data-line='{place}']").get_by_label("相符").check()
    expect(page.locator("#unsent")).to_have_text("全部已送达", timeout=20_000)
    page.get_by_label("核查小结").fill("除设备数量外与申报一致（测试）")
    # The script sends it, so there is no page load to wait for.
    page.get_by_role("button", name="结束核查，请企业确认").click()
    expect(page.locator("main")).to_contain_text("待企业确认")
    desk.look()
    firm = person(width=390, height=844)
    firm.sign_in("qiye-zhang")
    firm.go("/my/")
    click(firm.page.get_by_role("link", name="实地核查").first)
    firm.page.get_by_label("企业意见").fill("两台设备在维修，附维修单")
    firm.press("看过，确认")
    expect(firm.page.locator("main")).to_contain_text(re.compile("已确认"))
    desk.go("/desk/visits/?state=countersigned")
    expect(page.locator("main")).to_contain_text("021有限公司")


PLAN = (
    "from datetime import timedelta\n"
    "from certification import sample_visits, visit\n"
    "from certification.models import Application, Visit\n"
    "from certification.states import IN_REVIEW\n"
    "from foundation import clock\n"
    "from foundation.accounts.models import User\n"
    "from foundation.accounts.principal import Principal\n"
    "from foundation.accounts.scope import system_scope\n"
    "with system_scope('test'):\n"
    "    desk = Principal.of_user(User.objects.get(username='xingqing'))\n"
    "    seen = Visit.objects.values('application')\n"
    "    case = Application.objects.filter(state__in=IN_REVIEW, region_path='64/6401/640104').exclude(pk__in=seen).first()\n"
    "    row = sample_visits.choose_one(case, '浏览器里的核查', actor=desk)\n"
    "    visit.plan(row, (clock.now() + timedelta(days=1)).isoformat(), '甲、乙', actor=desk)\n"
    "    print(row.public_id)\n"
)
SUMMARY = (
    "from certification.models import Visit\n"
    "from foundation.accounts.scope import system_scope\n"
    "with system_scope('test'):\n"
    "    row = Visit.objects.get(public_id='{}')\n"
    "    print(row.state, row.summary or '-', row.photos.count())\n"
)


def test_a_refused_picture_holds_nothing_up_and_no_visit_ends_while_something_is_unsent(person, portal):
    number = portal.manage("shell", "-v", "0", "-c", PLAN).strip()
    told = lambda: portal.manage("shell", "-v", "0", "-c", SUMMARY.format(number)).split()  # noqa: E731
    desk = person(width=390, height=844)
    desk.sign_in("xingqing")
    page = desk.go(f"/desk/visits/{number}/")
    unsent, sending = page.locator("#unsent"), page.locator("#sending")
    expect(unsent).to_have_text("全部已送达")
    page.evaluate("navigator.serviceWorker.ready")
    page.locator("#camera").set_input_files(
        {"name": "坏.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"}
    )
    expect(sending).to_contain_text("照片 坏.jpg：")
    page.locator("#camera").set_input_files({"name": "好.jpg", "mimeType": "image/jpeg", "buffer": PIXEL})
    expect(page.locator("#photos")).to_contain_text("好.jpg")
    assert told() == ["planned", "-", "1"]
    desk.look()
    for place in range(1, page.locator("[data-line]").count() + 1):
        page.locator(f"[data-line='{place}']").get_by_label("相符").check()
    page.get_by_label("核查小结").fill("一致（测试）")
    page.get_by_role("button", name="结束核查，请企业确认").click()
    expect(unsent).to_contain_text("1 项没有被接受，处理后才能结束")
    assert told() == ["planned", "一致（测试）", "1"]
    page.on("dialog", lambda asked: asked.accept())
    sending.get_by_role("button", name="删去").click()
    expect(sending).to_be_hidden()
    # No portal at all: the page comes from the phone, with what was written meanwhile, and refuses to end.
    page.get_by_label("拍的是什么").fill("车间门口")
    portal.stop()
    page.get_by_label("核查小结").fill("无信号时改过（测试）")
    expect(unsent).to_contain_text("1 项未送出")
    page.reload()
    expect(page.get_by_label("核查小结")).to_have_value("无信号时改过（测试）")
    expect(page.get_by_label("拍的是什么")).to_have_value("车间门口")
    expect(page.locator("[data-line='1']").get_by_label("相符")).to_be_checked()
    expect(sending).to_contain_text("没有信号，这是本机保存的页面")
    page.get_by_role("button", name="结束核查，请企业确认").click()
    expect(unsent).to_contain_text("还有 1 项没有送出，送完才能结束")
    desk.faults.clear()
    portal.start()
    expect(unsent).to_have_text("全部已送达", timeout=20_000)
    # The session ends: the page says so, waits, and goes on after signing in again in another tab.
    cookies = desk.context.cookies()
    desk.context.clear_cookies(name="sid")
    page.get_by_label("核查小结").fill("登录过期后写的（测试）")
    expect(page.get_by_role("link", name="在新标签页重新登录")).to_be_visible()
    desk.context.add_cookies([one for one in cookies if one["name"] == "sid"])
    expect(unsent).to_have_text("全部已送达", timeout=20_000)
    desk.faults.clear()
    page.get_by_role("button", name="结束核查，请企业确认").click()
    expect(page.locator("main")).to_contain_text("待企业确认")
    assert told() == ["finished", "登录过期后写的（测试）", "1"]
    desk.look()
