"""Charts as SVG: Vega-Lite specifications drawn without a browser or a network, to be read in grey as in colour.

Values stand beside the marks, so that nobody has to judge a length; what a chart shows stands in a table too.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import vl_convert

FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
WIDTH: Final = 560  # of the drawing area in pixels: with its labels it fits a portrait A4 page
MAX_BARS: Final = 60  # more agencies than that are read in the table
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
    """Bars of (agency, points, grade), in the order given; at most MAX_BARS of them. Who has no grade stands in grey
    and is said to be `ungraded`: points that rest on little are not to be taken for a rank."""
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
    longest = max([full, *(points for _, points, _ in scores)], default=full)
    x = {"field": "points", "type": "quantitative", "title": None, "scale": {"domain": [0, longest]}}
    y = {"field": "name", "type": "nominal", "sort": {"field": "place"}, "title": None}
    said = {"mark": {"type": "text", "align": "left", "dx": 4, "color": _INK}, "encoding": {"text": {"field": "said"}}}
    tone = {"field": "tone", "type": "nominal", "scale": None}
    bars = {"mark": {"type": "bar", "height": 14}, "encoding": {"color": tone}}
    return _svg(rows, {"x": x, "y": y}, [bars, said])


def trend_lines(rates: Sequence[tuple[str, float]]) -> str:
    """A line of (month, share of 0 to 1)."""
    rows = [{"month": month, "rate": rate, "said": f"{rate:.0%}"} for month, rate in rates]
    x = {"field": "month", "type": "ordinal", "title": None, "axis": {"labelAngle": -45}}
    y = {"field": "rate", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    line = {"mark": {"type": "line", "color": _BLUE, "point": {"color": _BLUE}}}
    said = {"mark": {"type": "text", "dy": -9, "color": _INK, "fontSize": 10}, "encoding": {"text": {"field": "said"}}}
    return _svg(rows, {"x": x, "y": y}, [line, said], height=200)


def lateness_bars(days: Iterable[int]) -> str:
    """How many came how many calendar days late, in bands."""
    counts = {name: 0 for _, name in _BANDS}
    for day in days:
        if day > 0:
            counts[next(name for upper, name in _BANDS if day <= upper)] += 1
    rows = [{"band": name, "n": n, "place": place} for place, (name, n) in enumerate(counts.items())]
    band = {"field": "band", "type": "nominal", "sort": {"field": "place"}, "title": None, "axis": {"labelAngle": 0}}
    n = {"field": "n", "type": "quantitative", "title": None, "axis": {"tickMinStep": 1}}
    said = {"mark": {"type": "text", "dy": -7, "color": _INK}, "encoding": {"text": {"field": "n"}}}
    return _svg(rows, {"x": band, "y": n}, [{"mark": {"type": "bar", "color": _BLUE, "width": 44}}, said], height=180)


def status_matrix(cells: Iterable[tuple[str, str, int, int]]) -> str:
    """Squares of (row name, month, on time, judged): darker where less was on time, "3/5" in each. Rows keep the
    order in which they first come; at most MAX_BARS of them."""
    known = [cell for cell in cells if cell[3]]
    order = list(dict.fromkeys(name for name, *_ in known))[:MAX_BARS]
    rows = [
        {"name": name, "month": month, "rate": on_time / judged, "said": f"{on_time}/{judged}"}
        for name, month, on_time, judged in known
        if name in order
    ]
    x = {"field": "month", "type": "ordinal", "title": None, "axis": {"labelAngle": -45}}
    y = {"field": "name", "type": "nominal", "sort": order, "title": None}
    shades = {"domain": [0, 1], "range": ["#c2410c", "#eef2f7"], "interpolate": "rgb"}
    shade = {"field": "rate", "type": "quantitative", "legend": None, "scale": shades}
    ink = {"condition": {"test": "datum.rate < 0.35", "value": "#ffffff"}, "value": _INK}
    squares = {"mark": {"type": "rect", "stroke": _GREY}, "encoding": {"color": shade}}
    said = {"mark": {"type": "text", "fontSize": 10}, "encoding": {"text": {"field": "said"}, "color": ink}}
    return _svg(rows, {"x": x, "y": y}, [squares, said])


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
