"""The pages in a real browser: filtered, sorted, printed, by keyboard, narrow, without colour, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from audit_sample import sample
from browsing import EXECUTABLE, needs_browser, ranking, write_products, written
from playwright.sync_api import Browser, Page, Route, sync_playwright

from reports.audit import write_audit
from reports.html_form import FOLD_FROM, to_html
from reports.texts import Lang

pytestmark = needs_browser
PAGES = [f"{name}{lang}.html" for name in ("report", "card", "bulletin", "selfcheck") for lang in ("", ".en")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    write_audit(sample(), out, Lang.ZH)
    write_products(out)
    written(out, "folded.html", to_html(ranking(FOLD_FROM)))
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=EXECUTABLE, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


def show(page: Page, path: Path) -> None:
    page.goto(path.as_uri())


def first_cells(page: Page, table: str = "#t-rows") -> list[str]:
    return page.locator(f"{table} tbody tr:visible td:first-child").all_inner_texts()


def test_a_click_on_a_head_sorts_by_value_and_a_second_turns_it_round(page: Page, folder: Path) -> None:
    show(page, folder / "card.html")
    head = page.locator("#t-rows th", has_text="得分")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert first_cells(page)[:2] == ["市教育局", "市审计局"]  # 9.50 before 20.25: numbers, not letters
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert first_cells(page)[:2] == ["第5局", "市财政局"]  # what has no points stands at the end, turned round first


def test_the_filter_shows_the_rows_with_all_words_and_says_how_many(page: Page, folder: Path) -> None:
    show(page, folder / "card.html")
    page.get_by_role("searchbox").fill("局 迟发")
    rows = first_cells(page)
    assert rows
    assert len(rows) < 12
    assert page.locator("output").inner_text() == f"显示 {len(rows)} / 12 行"
    page.get_by_role("searchbox").fill("")
    assert len(first_cells(page)) == 12


def test_a_table_is_sorted_with_the_keyboard_alone(page: Page, folder: Path) -> None:
    show(page, folder / "card.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == "得分":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#t-rows th[aria-sort='ascending']").inner_text().startswith("得分")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"  # who moves by keyboard sees where


def test_the_agencies_of_the_audit_are_sorted_by_their_figures(page: Page, folder: Path) -> None:
    show(page, folder / "report.html")
    head = page.locator("table.figures th", has_text="按时率")
    head.get_by_role("button").click()
    rates = page.locator("table.figures tbody td.rate b").all_inner_texts()
    assert [float(rate.rstrip("%")) for rate in rates] == sorted(float(rate.rstrip("%")) for rate in rates)


def test_the_findings_are_filtered_by_agency_and_status(page: Page, folder: Path) -> None:
    show(page, folder / "report.html")
    every = page.locator("#findings tr[data-agency]:visible").count()
    page.locator("#f-agency").select_option("市财政局")
    page.locator("#f-status").select_option("late")
    shown = page.locator("#findings tr[data-agency]:visible")
    assert 0 < shown.count() < every
    assert set(shown.evaluate_all("rows => rows.map(r => r.dataset.agency)")) == {"市财政局"}
    assert page.locator("#f-shown").inner_text() == f"显示 {shown.count()} / {every}"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("report", "Disclosure check"),
        ("card", "Assessment"),
        ("bulletin", "某市人民政府办公室 Bulletin on the 2017-06 spot-check of government disclosure"),
        ("selfcheck", "Self-check of 市财政局"),
    ],
)
def test_each_language_leads_to_the_other_and_back(page: Page, folder: Path, name: str, other: str) -> None:
    show(page, folder / f"{name}.html")
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="English version").click()
    page.wait_for_url("**/*.en.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == other
    page.get_by_role("link", name="中文版").click()
    page.wait_for_url(f"**/{name}.html")
    assert page.locator("h1").inner_text() == title


def test_on_paper_there_are_no_controls_and_what_is_folded_stands_open(page: Page, folder: Path) -> None:
    show(page, folder / "report.html")
    page.locator("#findings summary").first.click()  # a reader had folded it
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".filters").is_hidden()
    assert page.locator("nav.contents").is_hidden()
    assert page.locator(".lang").is_hidden()
    assert page.locator("#findings tr[data-agency]").first.is_visible()


def test_a_long_table_is_folded_on_the_screen_and_open_on_paper(page: Page, folder: Path) -> None:
    show(page, folder / "folded.html")
    assert page.locator("#t-rows tbody tr").first.is_hidden()
    page.locator("summary").click()
    assert page.locator("#t-rows tbody tr").first.is_visible()
    page.locator("summary").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#t-rows tbody tr").first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_of_a_network(page: Page, folder: Path, name: str) -> None:
    asked: list[str] = []
    broken: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route("http*://**", refuse)
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    show(page, folder / name)
    page.get_by_role("button").first.click()
    assert asked == []
    assert broken == []  # nor has the page's own policy anything to forbid


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_never_scrolls_sideways(page: Page, folder: Path, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    show(page, folder / name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["report.html", "card.html"])
def test_without_colours_the_statuses_are_told_in_words(page: Page, folder: Path, name: str) -> None:
    page.emulate_media(forced_colors="active")
    show(page, folder / name)
    body = page.locator("body").inner_text()
    assert all(word in body for word in ("按时公开", "迟发", "逾期未公开", "未公开", "无法判定"))
    chips = page.locator(".chip:visible").all_inner_texts()
    assert chips
    assert all(chip.strip() for chip in chips)


def test_the_annexes_of_the_bulletin_are_filtered_and_sorted(page: Page, folder: Path) -> None:
    show(page, folder / "bulletin.html")
    sample = page.locator("#annex-sample")
    sample.get_by_role("searchbox").fill("不合格")
    rows = page.locator("#t-sample tbody tr:visible")
    assert sample.locator("output").inner_text() == f"显示 {rows.count()} / 10 行"
    assert 0 < rows.count() < 10
    sample.get_by_role("searchbox").fill("")
    page.locator("#t-sample th", has_text="结果").get_by_role("button").click()
    results = page.locator("#t-sample tbody td:last-child").all_inner_texts()
    assert results == sorted(results, key=["不合格", "合格", "无法判定"].index)


@pytest.mark.parametrize(("name", "head"), [("bulletin", "网站名称"), ("selfcheck", "应公开日期")])
def test_every_table_of_a_product_is_sorted_with_the_keyboard(page: Page, folder: Path, name: str, head: str) -> None:
    show(page, folder / f"{name}.html")
    button = page.locator("table.doc th", has_text=head).get_by_role("button").first
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort='ascending']").first.inner_text().startswith(head)


@pytest.mark.parametrize("name", ["bulletin", "selfcheck"])
def test_a_product_on_paper_has_no_controls_and_all_rows(page: Page, folder: Path, name: str) -> None:
    show(page, folder / f"{name}.html")
    rows = page.locator("table.doc tbody tr").count()
    page.emulate_media(media="print")
    assert page.locator(".filters:visible, .lang:visible, nav:visible").count() == 0
    assert page.locator("table.doc tbody tr:visible").count() == rows
    heads = page.locator("table.doc:not(.empty) thead")
    assert set(heads.evaluate_all("all => all.map((h) => getComputedStyle(h).display)")) == {"table-header-group"}


def test_a_status_in_the_to_do_list_has_a_sign_and_a_word(page: Page, folder: Path) -> None:
    show(page, folder / "selfcheck.html")
    cells = page.locator("td.k-status").all_inner_texts()
    assert cells
    assert all(len(cell.split()) > 1 for cell in cells)


def test_an_empty_list_is_one_line_without_heads(page: Page, folder: Path) -> None:
    show(page, folder / "selfcheck.html")
    empty = page.locator("table.doc.empty").first
    assert empty.inner_text().split("\n")[-1].strip() == "无"
    box = empty.locator("thead").bounding_box()
    assert box is None or box["height"] <= 2


def test_without_scripts_everything_is_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, folder / "card.html")
    assert page.locator("#t-rows tbody tr").count() == 12
    assert page.locator(".filters").first.is_hidden()  # no control that would do nothing
    context.close()
