"""Charts as SVG: Vega-Lite specifications drawn without a browser or a network, to be read in grey as in colour.

Values stand beside the marks, so that nobody has to judge a length; what a chart shows stands in a table too.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import vl_convert

FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
WIDTH: Final = 560  # of the drawing area in pixels: with its labels it fits a portrait A4 page
MAX_BARS: Final = 40  # rows of a chart that can still be read on an A4 page; all stand in the table
_SAID: Final = 14  # points of a line whose values can stand beside them
_BAND: Final = 5  # points in a band of the distribution
_INK, _BLUE, _GREY = "#1f2937", "#1d5fa8", "#9aa5b1"
_BANDS: Final = ((7, "1-7"), (30, "8-30"), (90, "31-90"), (math.inf, "> 90"))
_CONFIG: Final = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {"grid": False, "domainColor": _GREY, "tickColor": _GREY, "labelColor": _INK, "labelLimit": 220},
}

Spec = Mapping[str, Any]


def ranking_bars(scores: Sequence[tuple[str, float, str]], full: float, ungraded: str = "") -> str:
    """Bars of (agency, points, grade), in the order given; of more than MAX_BARS draw `points_bands`. Who has no grade
    stands in grey and is said to be `ungraded`: points that rest on little are not to be taken for a rank."""
    rows = [
        {
            "name": name,
            "points": points,
            "said": f"{points:.2f} {grade or ungraded}".strip(),
            "place": place,
            "tone": _BLUE if grade else _GREY,
        }
        for place, (name, points, grade) in enumerate(scores[:MAX_BARS])
    ]
    longest = max([full, 1, *(points for _, points, _ in scores)])
    x = {"field": "points", "type": "quantitative", "title": None, "scale": {"domain": [0, longest]}}
    y = {"field": "name", "type": "nominal", "sort": {"field": "place"}, "title": None}
    said = {"mark": {"type": "text", "align": "left", "dx": 4, "color": _INK}, "encoding": {"text": {"field": "said"}}}
    tone = {"field": "tone", "type": "nominal", "scale": None}
    bars = {"mark": {"type": "bar", "height": 14}, "encoding": {"color": tone}}
    return _svg(rows, {"x": x, "y": y}, [bars, said])


def points_bands(points: Iterable[float], full: float) -> str:
    """How many agencies have how many points, in bands of _BAND from the lowest that anybody has to full marks."""
    places = [min(int(each // _BAND), max(math.ceil(full / _BAND) - 1, 0)) for each in points]
    rows = [
        {"band": f"{place * _BAND}-{(place + 1) * _BAND}", "n": places.count(place), "place": place}
        for place in range(min(places, default=0), max(places, default=0) + 1)
    ]
    return _columns(rows, labelAngle=-45)


def trend_lines(rates: Sequence[tuple[str, float]]) -> str:
    """A line of (month, share of 0 to 1), with the values beside it where there is room for them."""
    told = len(rates) <= _SAID
    rows = [{"month": month, "rate": rate, "said": f"{rate:.0%}" if told else ""} for month, rate in rates]
    x = _months(month for month, _ in rates)
    y = {"field": "rate", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    line = {"mark": {"type": "line", "color": _BLUE, "point": {"color": _BLUE}}}
    text = {"type": "text", "dy": -10, "fontSize": 10}
    halo = {"mark": text | {"stroke": "white", "strokeWidth": 4}, "encoding": {"text": {"field": "said"}}}
    said = {"mark": text | {"color": _INK}, "encoding": {"text": {"field": "said"}}}
    return _svg(rows, {"x": x, "y": y}, [line, halo, said], height=200)


def lateness_bars(days: Iterable[int]) -> str:
    """How many came how many calendar days late, in bands."""
    counts = {name: 0 for _, name in _BANDS}
    for day in days:
        if day > 0:
            counts[next(name for upper, name in _BANDS if day <= upper)] += 1
    rows = [{"band": name, "n": n, "place": place} for place, (name, n) in enumerate(counts.items())]
    return _columns(rows, labelAngle=0)


def status_matrix(cells: Iterable[tuple[str, str, int, int]]) -> str:
    """Squares of (row name, month, on time, judged): darker where less was on time, "3/5" in each. Rows keep the
    order in which they first come; of more than MAX_BARS those with the least on time are drawn."""
    known = [cell for cell in cells if cell[3]]
    order = _poorest(known)
    rows = [
        {"name": name, "month": month, "rate": on_time / judged, "said": f"{on_time}/{judged}"}
        for name, month, on_time, judged in known
        if name in order
    ]
    x = _months(month for _, month, _, _ in known)
    y = {"field": "name", "type": "nominal", "sort": order, "title": None}
    shades = {"domain": [0, 1], "range": ["#c2410c", "#eef2f7"], "interpolate": "rgb"}
    shade = {"field": "rate", "type": "quantitative", "legend": None, "scale": shades}
    ink = {"condition": {"test": "datum.rate < 0.35", "value": "#ffffff"}, "value": _INK}
    squares = {"mark": {"type": "rect", "stroke": _GREY}, "encoding": {"color": shade}}
    said = {"mark": {"type": "text", "fontSize": 10}, "encoding": {"text": {"field": "said"}, "color": ink}}
    return _svg(rows, {"x": x, "y": y}, [squares, said])


def _poorest(cells: Iterable[tuple[str, str, int, int]]) -> list[str]:
    """The names with the least share on time, in the order in which they come."""
    sums: dict[str, tuple[int, int]] = {}
    for name, _, on_time, judged in cells:
        before = sums.get(name, (0, 0))
        sums[name] = (before[0] + on_time, before[1] + judged)
    drawn = set(sorted(sums, key=lambda name: sums[name][0] / sums[name][1])[:MAX_BARS])
    return [name for name in sums if name in drawn]


def _months(known: Iterable[str]) -> Spec:
    """An axis of all months from the first to the last: one without a value is a gap, not left out."""
    order = sorted(set(known))
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (order[0], order[-1])) if order else (0, -1)
    every = [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, last + 1)]
    axis = {"labelAngle": -45, "labelOverlap": "greedy"}
    return {"field": "month", "type": "ordinal", "title": None, "axis": axis, "scale": {"domain": every}}


def _columns(rows: Sequence[Spec], **axis: int) -> str:
    """Upright bars of (band, n), the number above each."""
    highest = max([1, *(row["n"] for row in rows)])
    band = {"field": "band", "type": "nominal", "sort": {"field": "place"}, "title": None, "axis": axis}
    n = {
        "field": "n",
        "type": "quantitative",
        "title": None,
        "axis": {"tickMinStep": 1},
        "scale": {"domain": [0, highest]},
    }
    said = {"mark": {"type": "text", "dy": -7, "color": _INK}, "encoding": {"text": {"field": "n"}}}
    width = min(44, WIDTH * 2 // (3 * max(len(rows), 1)))
    bars = {"mark": {"type": "bar", "color": _BLUE, "width": width}}
    return _svg(rows, {"x": band, "y": n}, [bars, said], height=180)


def _svg(rows: Sequence[Spec], encoding: Spec, layer: Sequence[Spec], height: int | None = None) -> str:
    """The picture itself: no script, no outside font or address."""
    spec: dict[str, Any] = {
        "width": WIDTH,
        "data": {"values": list(rows)},
        "encoding": dict(encoding),
        "layer": list(layer),
        "config": _CONFIG,
    }
    if height is not None:
        spec["height"] = height
    return vl_convert.vegalite_to_svg(spec)
