"""The page: every verdict is there, nothing hostile comes alive, no figure lacks its denominator."""

import datetime as dt
import html
import re
from dataclasses import replace

import lxml.etree
import lxml.html
import pytest
from audit_sample import PLAN, sample, verdict

from checks.verdict import Candidate, ColumnRead, Flag, ReasonCode, Status
from reports.audit import Audit, render_audit, write_audit
from reports.texts import Lang, texts

VOID = {"meta", "br", "hr", "img", "input", "link"}
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }}\u202e\x00\ud800'


def with_verdicts(*verdicts) -> Audit:
    return replace(sample(), verdicts=verdicts)


def page(audit, lang=Lang.ZH):
    return lxml.html.document_fromstring(render_audit(audit, lang))


def words(tree) -> str:
    return " ".join(" ".join(tree.xpath("//body//text()[not(parent::script)]")).split())


def headline(tree) -> list[tuple[str, str]]:
    cards = tree.xpath("//li[contains(@class, 'card')]")
    return [(c.findtext(".//b"), " ".join(c.text_content().split())) for c in cards]


@pytest.mark.parametrize("lang", Lang)
def test_every_verdict_is_on_the_page_and_can_be_linked_to(lang):
    audit = sample()
    tree = page(audit, lang)
    keys = {" ".join(code.itertext()) for code in tree.xpath("//code[@class='key']")}
    assert keys == {v.key for v in audit.verdicts}
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//a/@href[starts-with(., '#')]")} <= set(ids)


@pytest.mark.parametrize("lang", Lang)
def test_the_same_audit_gives_the_same_bytes(lang):
    assert render_audit(sample(), lang) == render_audit(sample(), lang)


@pytest.mark.parametrize("lang", Lang)
def test_the_page_is_well_formed(lang):
    source = render_audit(sample(), lang)
    body = re.sub(r"<(script|style)>.*?</\1>", "", source, flags=re.DOTALL).replace("<!DOCTYPE html>", "")
    closed = re.sub(rf"<({'|'.join(VOID)})\b([^>]*)>", r"<\1\2/>", body)
    closed = re.sub(r" (open|hidden)(?=[ >])", r' \1=""', closed)
    lxml.etree.fromstring(closed.encode())


@pytest.mark.parametrize("lang", Lang)
def test_nothing_is_loaded_from_anywhere(lang):
    tree = page(sample(), lang)
    assert tree.xpath("//@src | //link | //iframe | //object | //embed | //form | //base | //*[@style]") == []
    assert {e.tag for e in tree.xpath("//*[@href]")} == {"a"}
    assert "url(" not in "".join(tree.xpath("//style/text()"))
    assert "@import" not in "".join(tree.xpath("//style/text()"))
    outside = tree.xpath("//a[starts-with(@href, 'http')]")
    assert outside
    assert all("noreferrer" in a.get("rel") for a in outside)


def test_hostile_words_stay_words():
    column = ColumnRead("site00", HOSTILE, "javascript:alert(1)", HOSTILE, HOSTILE, HOSTILE, sufficient=True)
    weighed = Candidate("javascript:alert(1)", HOSTILE, None, (), None, HOSTILE)
    hostile = verdict(
        agency=HOSTILE,
        obligation=HOSTILE,
        subject=HOSTILE,
        period=None,
        title=HOSTILE,
        url="javascript:alert(1)",
        evidence=HOSTILE,
        reason=HOSTILE,
        flags=(Flag.BACKDATED,),
        columns=(column,),
        candidates=(weighed,) * 20,
        clocks=((HOSTILE, HOSTILE),),
        due_explained=(HOSTILE,),
    )
    audit = with_verdicts(*(replace(hostile, status=status) for status in Status))
    tree = page(replace(audit, generated_for=HOSTILE))
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //@*[starts-with(name(), 'on')] | //a[starts-with(@href, 'java')]") == []
    assert "{{ 7*7 }}" in words(tree)
    assert not set("\u202e\x00\ud800") & set(render_audit(audit, Lang.ZH))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://", "http://[", "//x.cn/", "ht tp://x"],
)
def test_only_web_addresses_become_links(url):
    tree = page(with_verdicts(verdict(url=url)))
    assert url not in tree.xpath("//a/@href")
    assert html.escape(url, quote=False) in html.escape(words(tree), quote=False)


@pytest.mark.parametrize("lang", Lang)
def test_without_verdicts_the_page_says_that_it_cannot_say(lang):
    tree = page(with_verdicts(), lang)
    assert [figure for figure, _ in headline(tree)] == ["0"] * 6
    assert texts(lang)("card.no_base") in words(tree)
    assert texts(lang)("findings.none_judged") in words(tree)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("status", Status)
def test_one_verdict_of_any_status_gives_a_page(lang, status):
    tree = page(with_verdicts(verdict(status=status, days_late=None)), lang)
    assert verdict().key in words(tree)


def test_all_inconclusive_is_neither_praise_nor_blame():
    unseen = [
        verdict(period=f"2017-{m:02d}", status=Status.INCONCLUSIVE, reason_code=ReasonCode.BLOCKED) for m in (1, 2)
    ]
    said = words(page(with_verdicts(*unseen)))
    assert "已到期 2 项次全部无法判定" in said
    assert "没有发现" not in said
    assert texts(Lang.ZH)("advice.blocked") in said


def test_headline_figures_carry_their_denominators():
    statuses = [Status.ON_TIME] * 91 + [Status.LATE] * 10 + [Status.MISSING] * 11 + [Status.INCONCLUSIVE] * 8
    judged = [verdict(obligation=f"o{n}", status=status) for n, status in enumerate(statuses)]
    figures = dict(headline(page(with_verdicts(*judged, verdict(status=Status.NOT_DUE)))))
    assert "/ 121" in figures["120"]
    assert "/ 120" in figures["112"]
    assert "/ 112" in figures["91"]
    assert "81.3%" in figures["91"]


def test_agencies_without_a_verdict_keep_their_row():
    rows = page(with_verdicts(verdict())).xpath("//section[@id='agencies']//tbody/tr/th/text()")
    assert len(rows) == len({o.lead for o in sample().register.obligations})


def test_every_unjudged_reason_comes_with_advice():
    judged = [
        verdict(obligation=f"o{n}", status=Status.INCONCLUSIVE, reason_code=code) for n, code in enumerate(ReasonCode)
    ]
    said = words(page(with_verdicts(*judged)))
    assert all(texts(Lang.ZH)(f"advice.{code}") in said for code in ReasonCode)


def test_sites_read_against_robots_txt_are_named():
    assert "以下网站未按 robots.txt 限制查阅：临海市食品药品监督管理局" in words(page(sample()))
    polite = replace(sample(), sites=sample(agencies=3).sites)
    assert texts(Lang.ZH)("method.robots_obeyed") in words(page(polite))


def test_sites_of_which_nothing_was_read_are_in_the_coverage():
    tree = page(sample())
    sites = {" ".join(th.text_content().split()) for th in tree.xpath("//section[@id='coverage']//tbody//th")}
    assert sites == {site.name for site in sample().sites.sites}
    assert "超时、没有栏目查阅记录" in words(tree)


def test_an_assumed_calendar_is_owned_up_to():
    assert "暂按周末休息推算" in words(page(with_verdicts(verdict(flags=(Flag.CALENDAR_ASSUMED,)))))
    assert "暂按周末休息推算" not in words(page(with_verdicts(verdict())))


def test_the_english_page_says_the_english_reason_and_marks_chinese():
    tree = page(with_verdicts(verdict(), verdict(period="2017-06", reason_en="")), Lang.EN)
    assert tree.get("lang") == "en"
    assert tree.xpath("//p[@class='reason']/@lang") == ["en", "zh-Hans"]


def test_headings_tables_and_skip_link_serve_those_who_do_not_see():
    tree = page(sample())
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//table[not(caption)] | //th[not(@scope)]") == []
    assert tree.xpath("//body/a[1]/@href") == ["#main"]


def test_files_are_written_together_and_leave_no_rest(tmp_path):
    audit = sample()
    written = write_audit(audit, tmp_path / "out", Lang.ZH)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(p.name for p in written)
    assert (tmp_path / "out" / "report.html").read_text("utf-8") == render_audit(audit, Lang.ZH, "report.en.html")
    assert (tmp_path / "out" / "report.en.html").read_text("utf-8") == render_audit(audit, Lang.EN, "report.html")
    assert (tmp_path / "out" / "verdicts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    again = write_audit(audit, tmp_path / "out", Lang.EN)
    assert {p.name for p in again} == {"report.html", "report.zh.html", "verdicts.csv", "findings.csv"}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(p.name for p in again)


def test_a_failed_write_leaves_nothing_half_written(tmp_path):
    write_audit(sample(), tmp_path, Lang.ZH)
    (tmp_path / "findings.csv").unlink()
    (tmp_path / "findings.csv").mkdir()
    with pytest.raises(OSError, match=r"findings\.csv"):
        write_audit(with_verdicts(), tmp_path, Lang.ZH)
    assert not list(tmp_path.glob(".*"))


def test_a_large_plan_renders_in_seconds():
    audit = sample(agencies=30, per_agency=7)
    assert len(audit.register.obligations) == 210
    assert PLAN.title in render_audit(audit, Lang.ZH)
    assert audit.as_of < dt.date(2018, 1, 1)


def test_the_summary_names_a_tie_whole_or_not_at_all():
    def absent(agency, count):
        return [verdict(agency=agency, period=f"2017-{m:02d}", status=Status.MISSING) for m in range(1, count + 1)]

    tied = [v for n in range(5) for v in absent(f"第{n}局", 1)]
    named = words(page(with_verdicts(*absent("市财政局", 3), *tied)))
    assert "未公开、逾期最多的单位：市财政局（3 项次）。" in named
    assert "未公开、逾期最多的单位" not in words(page(with_verdicts(*tied)))


def test_only_our_own_style_and_script_may_run():
    (policy,) = page(sample()).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert policy.count("'sha256-") == 2
    assert "unsafe" not in policy


def test_a_large_audit_says_on_paper_what_only_the_screen_shows(monkeypatch):
    assert texts(Lang.ZH)("page.not_printed") not in words(page(sample()))
    monkeypatch.setattr("reports.audit.PRINTED", 10)
    assert texts(Lang.ZH)("page.not_printed") in words(page(sample()))
