"""From a reminder to a confirmed update, at a telephone's width; and the ruling that changes the day."""

NIGHT = "from certification.tasks import nightly; from foundation.ledger.work import drain; nightly(); drain()"


def test_from_the_reminder_to_confirm_unchanged(person, portal):
    portal.move_clock(100)
    portal.manage("shell", "-c", NIGHT)
    firm = person(width=390, height=844)
    firm.sign_in("qiye-zhang")
    page = firm.go("/messages/")
    assert "2026年度信息更新" in firm.text()
    firm.go("/my/calendar/")
    assert "按早的提醒" in firm.text() and "不记逾期" in firm.text()
    firm.follow("年度更新")
    assert page.url.endswith("/my/update/")
    firm.press("其余与上年一致，全部确认")
    assert "请填写今年的数" in firm.text()
    boxes = page.locator("input[name^=box_]")
    for n in range(boxes.count()):
        if not boxes.nth(n).input_value():
            boxes.nth(n).fill("1200" if n else "9000")
    firm.press("与上年一致，确认")
    assert "已确认" in firm.text()
    firm.press("其余与上年一致，全部确认")
    assert "年度更新已完成" in firm.text() and "还可以改" in firm.text()
    firm.go("/my/calendar/")
    assert "已办" in firm.text()


def test_a_change_is_reported_and_its_county_settles_it(person, portal):
    firm = person()
    firm.sign_in("qiye-zhang")
    page = firm.go("/my/changes/")
    firm.press("报告", exact=True)
    assert "请选择变化种类" in firm.text()
    page.get_by_label("更名").check()
    page.get_by_label("发生日期").fill("2026-11-01")
    page.get_by_label("变化之前").fill("原示例名称有限公司")
    page.get_by_label("变化之后").fill("新示例名称有限公司")
    firm.press("报告", exact=True)
    assert "期限已停" in firm.text() or "超过期限" in firm.text()
    office = person()
    office.sign_in("sheng-chuzhang")
    office.go("/desk/rereviews/changes/")
    office.page.get_by_role("row", name="更名").get_by_role("link").click()
    office.page.get_by_label("办理意见").fill("已核对变更登记通知书（演示）")
    office.page.get_by_label("变更后的企业名称").fill("新示例名称有限公司")
    office.press("核对无误，办结")
    assert "已办结" in office.text()
    office.go("/desk/rereviews/days/")
    office.page.get_by_label("以哪一天为准").select_option(index=1)
    office.press("裁定", exact=True)
    assert "请写明理由" in office.text()
