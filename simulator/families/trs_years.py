"""TRS whose columns are cut into one list a year, `/2017/` (FIELD-GUIDE 3.3; 4: ColumnName is a year)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from simulator import addresses
from simulator.city import Column, Publication, per_page
from simulator.families import trs
from simulator.families.portal import lines
from simulator.looks import dress_of
from simulator.pages import Maker, Query, Response, View, html, paged, sections


def pages(view: View) -> dict[str, Maker]:
    return trs.pages(view, _lists)


def _lists(view: View, column: Column) -> dict[str, Maker]:
    front = partial(_front, view, column)
    made: dict[str, Maker] = {f"/{column.id}": front, addresses.index_path(view.site, f"/{column.id}"): front}
    for year, rows in _by_year(view, column).items():
        folder = f"/{column.id}{year}/"
        for page, shown in enumerate(paged(rows, per_page(view.site, column)), 1):
            maker = partial(_list, view, column, year, page, shown)
            made[f"{folder}{_name(view, page)}"] = maker
            if page == 1:
                made[folder] = maker
    return made


def _name(view: View, page: int) -> str:
    """Page 2 is index_1 where the pager counts from 0, index_2 where it counts from 1."""
    number = page - 1 if dress_of(view.site).pager_form else page
    return (
        f"index.{addresses.extension(view.site)}" if page == 1 else f"index_{number}.{addresses.extension(view.site)}"
    )


def _by_year(view: View, column: Column) -> dict[int, list[Publication]]:
    rows = view.rows[column.id]
    years = sorted({row.day.year for row in rows}, reverse=True)
    return {year: [row for row in rows if row.day.year == year] for year in years}


def _front(view: View, column: Column, query: Query) -> Response:
    """The column itself: the newest year's list, or the years alone."""
    years = _by_year(view, column)
    if not years or dress_of(view.site).tree_form % 2:
        return _draw(view, column, None, 1, [])
    newest = next(iter(years))
    return _list(view, column, newest, 1, paged(years[newest], per_page(view.site, column))[0], query)


def _list(view: View, column: Column, year: int, page: int, rows: Sequence[Publication], _: Query) -> Response:
    return _draw(view, column, year, page, rows)


def _draw(view: View, column: Column, year: int | None, page: int, rows: Sequence[Publication]) -> Response:
    years = _by_year(view, column)
    return html(
        view,
        "trs_years_list.html.j2",
        replace(column, name=f"{year}年") if year else column,
        rows=lines(view, column, rows),
        years=list(years),
        year=year,
        folder=column.id,
        page=page,
        total=len(paged(years[year], per_page(view.site, column))) if year else 1,
        extension=addresses.extension(view.site),
        siblings=sections(view)[column.section],
        dress=dress_of(view.site),
    )
