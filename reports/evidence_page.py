"""Draws evidence pages: each alone in its file, nothing from outside, nothing that runs, made for A4."""

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from checks.export import to_record
from checks.verdict import Flag, Status
from reports.evidence import EXCERPT, Exhibit, Proof
from reports.explanation import Record, candidate_mark, day_named, depth, weighed
from reports.links import bounded, printable, web_link
from reports.moments import local_time
from reports.periods import period_name
from reports.selfcontained import environment, source_hash
from reports.texts import Lang, Texts, texts

INDEX: Final = "evidence.html"
_STATES: Final = 12  # looks at one page that are told; the JSON form has all of them


def evidence_page(proof: Proof, lang: Lang) -> str:
    """One page."""
    t, sheet = texts(lang), _sheet(proof, texts(lang))
    context = _context(proof, t) | {"sheet": sheet, "sheet_hash": source_hash(sheet)}
    return _environment().get_template("evidence.html.j2").render(t=t, **_frame(t), **context) + "\n"


def evidence_index(proofs: Sequence[Proof], about: str, lang: Lang) -> str:
    """The table of contents, with a link to each page. `about` says what was asked for."""
    t = texts(lang)
    rows = tuple((proof, _head(proof, t)) for proof in proofs)
    broken = sum(len(proof.broken) for proof in proofs)
    page = _environment().get_template("evidence_index.html.j2")
    return page.render(t=t, rows=rows, about=about, broken=broken, **_frame(t)) + "\n"


def _frame(t: Texts) -> dict[str, Any]:
    zh = Markup("") if t.lang is Lang.ZH else Markup(' lang="zh-Hans"')  # names and titles are Chinese in any language
    return {"zh": zh, "index": INDEX}


def _sheet(proof: Proof, t: Texts) -> Markup:
    """The style that prints the page's number at the foot of each of its sheets: they may come apart."""
    told = f"{t('evidence.title')} {t('evidence.number', n=proof.number, all=proof.all)}"
    return Markup('@page proof {{ @bottom-left {{ content: "{}"; font: 8pt sans-serif; color: #4d5866; }} }}').format(
        told
    )


def _head(proof: Proof, t: Texts) -> dict[str, Any]:
    v = proof.item.verdict
    return {
        "agency": bounded(v.agency),
        "what": bounded(v.obligation_title or v.obligation),
        "period": bounded(v.subject) if v.subject and not v.period else period_name(v.period, t),
        "flags": tuple((t(f"flag.{flag}"), t(f"meaning_of_flag.{flag}")) for flag in proof.item.flags),
        "is_flagged": bool(set(proof.item.flags) - {Flag.CALENDAR_ASSUMED}),
    }


def _context(proof: Proof, t: Texts) -> dict[str, Any]:
    v = proof.item.verdict
    record = to_record(v)
    shown, more = weighed(record["candidates"])
    english = t.lang is Lang.EN and bool(v.reason_en)
    steps_en = t.lang is Lang.EN and len(v.due_explained_en) == len(v.due_explained)
    numbers = {each.evidence: each.number for each in reversed(proof.exhibits)}
    return {
        "proof": proof,
        "head": _head(proof, t),
        "v": v,
        "is_absent": proof.item.status in (Status.OVERDUE, Status.MISSING),
        "reason": bounded(v.reason_en if english else v.reason),
        "reason_lang": Markup("") if english else _frame(t)["zh"],
        "steps": v.due_explained_en if steps_en else v.due_explained,
        "steps_lang": Markup("") if steps_en else _frame(t)["zh"],
        "due": day_named(v.due.isoformat(), t) if v.due else None,
        "published": day_named(v.published.isoformat(), t) if v.published else None,
        "clocks": tuple((t.entries.get(f"clock.{name}", name), _clock(value)) for name, value in v.clocks),
        "columns": tuple(_column(column, t) for column in record["columns"]),
        "candidates": tuple(_candidate(record, candidate, t) for candidate in shown),
        "more_candidates": more,
        "compared": {c["url"]: candidate_mark(record, c, t) for c in record["candidates"]},
        "said": _said(proof),
        "states": _states(proof),
        "numbers": numbers,
        "kept": next((each for each in proof.exhibits if each.evidence == v.evidence), None),
    }


def _said(proof: Proof) -> Mapping[str, Any] | None:
    """Title, day and the beginning of the text as they stood; of a page that was not opened its row in the list."""
    found, state = proof.publication, proof.state
    if found is None:
        return None
    text = printable(" ".join((state.text if state else "").split()))
    return {
        "title": bounded((state.title if state else None) or found.title),
        "published": state.published if state else found.published,
        "source": bounded(found.source or ""),
        "doc_no": bounded(found.doc_no or ""),
        "validity": bounded((state.validity if state else found.validity) or ""),
        "text": text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""),
        "listed": found.listed[-1] if found.listed else None,
        "is_opened": state is not None,
    }


def _states(proof: Proof) -> tuple[Mapping[str, Any], ...]:
    """Every look at the page that told something new, and those at which it was gone."""
    found = proof.publication
    if found is None:
        return ()
    looks = [
        (s.seen_at, bounded(s.title or ""), s.published, tuple(bounded(m.text) for m in s.marks), "", s.evidence)
        for s in found.history
    ]
    gone = [visit for visit in found.visits if visit.outcome not in ("ok", "not_modified")]
    looks += [(visit.at, "", None, (), visit.outcome.value, None) for visit in gone]
    names = ("at", "title", "published", "marks", "outcome", "evidence")
    told = [dict(zip(names, look, strict=True)) for look in sorted(looks, key=lambda look: look[0])]
    return tuple(told[-_STATES:]) if len(told) > 1 else ()


def _column(column: Record, t: Texts) -> Mapping[str, Any]:
    return {
        "name": bounded(column["column"] or column["url"]),
        "site": bounded(column["site"]),
        "url": column["url"],
        "read_at": _instant(column["read_at"]),
        "pages": column["pages"],
        "items": column["items"],
        "depth": depth(column, t),
        "stop": t.entries.get(f"stop.{column['stop']}", bounded(column["stop"])),
        "is_enough": column["sufficient"],
    }


def _candidate(record: Record, candidate: Record, t: Texts) -> Mapping[str, Any]:
    return {
        "title": bounded(candidate["title"] or candidate["url"]),
        "url": candidate["url"],
        "published": candidate["published"],
        "periods": " ".join(candidate["periods"]),
        "mark": candidate_mark(record, candidate, t),
        "is_taken": candidate["refused"] is None,
        "detail": bounded(candidate.get("detail") or ""),
    }


def _clock(value: str) -> str:
    """What a clock says: an instant in Beijing time, anything else as it stands."""
    return _instant(value) if "T" in value else bounded(value)


def _instant(text: str) -> str:
    try:
        return local_time(dt.datetime.fromisoformat(text)) or text
    except (ValueError, OverflowError):
        return bounded(text)


def _png(body: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(body).decode()


def _digest(exhibit: Exhibit) -> str:
    return bounded(exhibit.evidence.removeprefix("sha256:"))


@cache
def _environment() -> Environment:
    made = environment(("audit.css", "document.css", "evidence.css"), ())
    made.globals.update(web_link=web_link, bounded=bounded, local_time=local_time)
    made.globals.update(instant=_instant, png=_png, digest=_digest)
    return made
