"""The paragraphs on problems: classes, denominators, examples; one finding a batch; forgery only when confirmed."""

from dataclasses import replace

from bulletin_sample import FULL, ORDER, PLAN, STALE, checked, finding, plan, reviewed, round_, verdict

from checks.indicator_findings import Outcome
from checks.verdict import Flag, Status
from reports.bulletin import Bulletin, Told, told
from reports.bulletin_wording import shipped
from reports.texts import Lang


def said(bulletin: Bulletin) -> Told:
    return told(bulletin, shipped(Lang.ZH), Lang.ZH)


def paragraphs(words: Told) -> dict[str, str]:
    return {title.split("）", 1)[1]: "".join(lines) for title, lines in words.problems}


def test_classes_have_their_denominators_and_named_examples() -> None:
    found = paragraphs(said(FULL))
    assert found["内容更新不及时"] == (
        "个别网站（1个，占可判定8个网站的12.5%）首页或栏目长期未更新。"
        "例如，“某市政府门户”网站应更新而长期未更新6处（如“工作动态”）。"
    )
    assert found["应公开内容未公开"].startswith("2项次（占可判定11项次的18.2%）期限已过，完整查阅后未见公开。")
    assert "教育局“财政收支”4月未公开（应于2017年5月25日前公开）" in found["应公开内容未公开"]
    assert "占可判定1件次的100.0%" in found["废止文件未标注"]
    assert "某办〔2010〕1号" in found["废止文件未标注"]


def test_classes_are_numbered_in_order() -> None:
    titles = [title for title, _ in said(FULL).problems]
    assert [title[1] for title in titles] == list("一二三四五六七八九")


def test_a_batch_is_one_problem_and_its_instalments_are_not_late_again() -> None:
    found = paragraphs(said(FULL))
    assert found["集中补发"].startswith("1批次")
    assert "1月至3月共3期于2017年6月28日一次补发" in found["集中补发"]
    assert found["信息发布不及时"].startswith("1项次（占可判定11项次的9.1%）")
    assert "水务局" not in found["信息发布不及时"]


def test_what_is_under_appeal_is_counted_and_not_blamed() -> None:
    words = said(FULL)
    assert "有1项次单位已提出申诉" in words.overview[2]
    assert not any("统计局" in str(row) for row in words.annexes["findings"].rows)


def test_a_forged_date_is_told_only_when_a_person_confirmed_it() -> None:
    suspected = reviewed(verdict("财政局", 1, Status.ON_TIME, Flag.BACKDATED))
    only_suspected = said(replace(FULL, plan=plan(suspected)))
    confirmed = said(replace(FULL, plan=plan(replace(suspected, is_confirmed=True))))
    assert "倒填发布日期" not in paragraphs(only_suspected)
    assert "经人工核实，1项次（占可判定1项次的100.0%）发布日期不实" in paragraphs(confirmed)["倒填发布日期"]


def test_an_inconclusive_verdict_is_no_problem() -> None:
    words = said(replace(FULL, plan=plan(reviewed(verdict("教育局", 3, Status.INCONCLUSIVE)))))
    assert not any("教育局" in str(row) for row in words.annexes["findings"].rows)
    assert "没有可判定的项次，不计算按时公开率" in words.overview[2]


def test_the_annex_has_all_that_the_text_names_only_in_part() -> None:
    many = [checked(f"s{n}", Outcome.FAILED, [STALE]) for n in range(9)]
    words = said(Bulletin(round_("2017-06", many), (), "site-2019", ORDER))
    paragraph = paragraphs(words)["内容更新不及时"]
    assert paragraph.startswith("大量网站（9个，占可判定9个网站的100.0%）")
    assert "其余见附件5" in paragraph
    assert len(words.annexes["findings"].rows) == 9


def test_overlapping_indicators_of_one_site_are_not_added_up() -> None:
    news = finding("news", "动态要闻", count=1)
    words = said(Bulletin(round_("2017-06", [checked("s1", Outcome.FAILED, [STALE, news])]), (), "", ORDER))
    assert "长期未更新6处" in paragraphs(words)["内容更新不及时"]
    assert len(words.annexes["findings"].rows) == 2


def test_an_indicator_of_no_class_makes_its_own() -> None:
    odd = checked("s1", Outcome.FAILED, [finding("forged-dates", "弄虚作假")])
    found = paragraphs(said(Bulletin(round_("2017-06", [odd, checked("s2", Outcome.PASSED)]), (), "", ORDER)))
    assert "存在“弄虚作假”方面的问题" in found["弄虚作假"]


def test_a_site_that_failed_by_points_is_told_its_points() -> None:
    poor = checked("s1", Outcome.FAILED, score=52.5)
    words = said(Bulletin(round_("2017-06", [poor]), (), "site-2019", ORDER))
    assert words.annexes["failed"].rows[0][-1] == "扣分后得52.5分（满分100分）"


def test_agencies_are_counted_with_their_denominators() -> None:
    rows = {row[1]: row[2:] for row in said(FULL).annexes["agencies"].rows}
    assert rows["财政局"] == (5, 5, 4, 1, 0, 0, 0.8)
    assert rows["教育局"] == (4, 3, 1, 0, 2, 1, 1 / 3)
    assert "统计局" not in rows
    assert PLAN.contested == 1
